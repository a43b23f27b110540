import type { z } from 'zod';
import { type Caller, sees } from '../access/caller.js';
import { toCsv } from '../history/csv.js';
import { countsTable } from '../history/report-of-day.js';
import { readHistory } from '../ledger/history.js';
import { countsHistorySchema } from './answer-schemas.js';
import type { CountsHistory } from './api.js';
import { rangeOf, rangeQuery } from './history-range.js';
import type { ZoneHistory } from './history-api.js';
import { type HistoryPort, zoneHistory, zoneQuery } from './history-routes.js';
import { zoneHistorySchema } from './history-schemas.js';
import { type Reply, route, type Route } from './route.js';

const camera = { in: 'query', field: 'camera' } as const;
const csv = { status: 200, body: 'text/csv' } as const;

/** What was counted, to take away. Each export is in the audit log, whichever its format. */
export function exportRoutes(port: HistoryPort): Route[] {
  const shared = { method: 'get', permission: 'view', audit: true, camera } as const;
  return [
    route({
      ...shared,
      path: '/api/counts.csv',
      summary: 'People by the minute, hour or day in which they were first seen, as CSV',
      answer: csv,
      query: rangeQuery,
      handle: ({ query, caller }) => csvReply('counts', countsTable(counts(port, query, caller).buckets)),
    }),
    route({
      ...shared,
      path: '/api/counts.json',
      summary: 'People by the minute, hour or day in which they were first seen, as a file',
      answer: { status: 200, body: countsHistorySchema },
      query: rangeQuery,
      handle: ({ query, caller }) => jsonReply('counts', counts(port, query, caller)),
    }),
    route({
      ...shared,
      path: '/api/zones/history.csv',
      summary: 'People in the zones and over the lines of a camera, over time, as CSV',
      answer: csv,
      query: zoneQuery,
      handle: ({ query }) => csvReply('zones', zonesCsv(zoneHistory(port, query))),
    }),
    route({
      ...shared,
      path: '/api/zones/history.json',
      summary: 'People in the zones and over the lines of a camera, over time, as a file',
      answer: { status: 200, body: zoneHistorySchema },
      query: zoneQuery,
      handle: ({ query }) => jsonReply('zones', zoneHistory(port, query)),
    }),
  ];
}

function counts(port: HistoryPort, query: z.output<typeof rangeQuery>, caller: Caller): CountsHistory {
  const history = readHistory(port.buckets, rangeOf(query, port.now()));
  return { ...history, buckets: history.buckets.filter((bucket) => sees(caller, bucket.cameraId)) };
}

function zonesCsv({ buckets }: ZoneHistory): string {
  return toCsv(
    [
      ...['start', 'zone', 'flow', 'mask', 'no_mask', 'incorrect', 'unknown'],
      ...['compliance', 'compliance_low', 'compliance_high'],
      ...['occupancy_mean', 'occupancy_max', 'dwell_seconds', 'watched_seconds'],
    ],
    buckets.map(({ at, zoneId, flow, people, interval, ...rest }) => [
      ...[new Date(at).toISOString(), zoneId, flow],
      ...[people.mask, people.no_mask, people.incorrect, people.unknown],
      ...[rest.compliance, interval?.[0] ?? null, interval?.[1] ?? null],
      ...[rest.occupancyMean, rest.occupancyMax, rest.dwellSeconds, rest.watchedSeconds],
    ]),
  );
}

function csvReply(name: string, content: string): Reply {
  return { status: 200, headers: asFile(`${name}.csv`), text: { type: 'text/csv; charset=utf-8', content } };
}

function jsonReply(name: string, json: unknown): Reply {
  return { status: 200, headers: asFile(`${name}.json`), json };
}

function asFile(name: string): Readonly<Record<string, string>> {
  return { 'Content-Disposition': `attachment; filename="maskwatch-${name}"` };
}
