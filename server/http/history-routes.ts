import { z } from 'zod';
import { type Caller, sees } from '../access/caller.js';
import { toCsv } from '../history/csv.js';
import { countsTable, reportOfDay } from '../history/report-of-day.js';
import type { ZoneBucket } from '../history/zone-history.js';
import { readHistory } from '../ledger/history.js';
import { localDayOf } from '../ledger/local-day.js';
import { complianceOf } from '../ledger/people-counts.js';
import { wilsonInterval } from '../ledger/wilson-interval.js';
import type { AlertStore } from '../storage/alert-store.js';
import type { BucketQuery, BucketStore } from '../storage/bucket-store.js';
import type { CameraPort } from './camera-routes.js';
import { cameraId } from './camera-routes.js';
import { dayOf } from './day-of.js';
import { rangeOf, rangeQuery } from './history-range.js';
import type { DailyReportView, Notice, ZoneHistory } from './history-api.js';
import { dailyReportSchema, noticeSchema, zoneHistorySchema } from './history-schemas.js';
import { ok, type Reply, route, type Route } from './route.js';

/** What the routes about the past need of the server. */
export interface HistoryPort {
  readonly buckets: Pick<BucketStore, 'read'>;
  readonly zones: (query: BucketQuery & { readonly camera: string }) => readonly ZoneBucket[];
  readonly alerts: Pick<AlertStore, 'countRaised'>;
  readonly cameras: Pick<CameraPort, 'list'>;
  readonly notice: () => Notice;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const zoneQuery = rangeQuery.extend({ camera: cameraId });
const dayQuery = z.strictObject({ day: z.iso.date().optional() });
const camera = { in: 'query', field: 'camera' } as const;
const csv = { status: 200, body: 'text/csv' } as const;

/** Exports, zones over time, the daily report and the notice. */
export function historyRoutes(port: HistoryPort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/counts.csv',
      summary: 'People by the minute, hour or day in which they were first seen, as CSV',
      answer: csv,
      permission: 'view',
      audit: true,
      camera,
      query: rangeQuery,
      handle: ({ query, caller }) => csvReply('counts', countsCsv(port, query, caller)),
    }),
    route({
      method: 'get',
      path: '/api/zones/history',
      summary: 'People in the zones and over the lines of a camera, over time',
      answer: { status: 200, body: zoneHistorySchema },
      permission: 'view',
      camera,
      query: zoneQuery,
      handle: ({ query }) => ok(zoneHistory(port, query)),
    }),
    route({
      method: 'get',
      path: '/api/zones/history.csv',
      summary: 'People in the zones and over the lines of a camera, over time, as CSV',
      answer: csv,
      permission: 'view',
      audit: true,
      camera,
      query: zoneQuery,
      handle: ({ query }) => csvReply('zones', zonesCsv(zoneHistory(port, query))),
    }),
    route({
      method: 'get',
      path: '/api/reports/daily',
      summary: 'One day: people, compliance and alerts, by camera and by hour',
      answer: { status: 200, body: dailyReportSchema },
      permission: 'view',
      query: dayQuery,
      handle: ({ query, caller }) => ok(report(port, query.day, caller)),
    }),
    route({
      method: 'get',
      path: '/api/notice',
      summary: 'What people in front of the cameras may know: purpose, contact, retention',
      answer: { status: 200, body: noticeSchema },
      permission: 'public',
      handle: () => ok(port.notice()),
    }),
  ];
}

function countsCsv(port: HistoryPort, query: z.output<typeof rangeQuery>, caller: Caller): string {
  const { buckets } = readHistory(port.buckets, rangeOf(query, port.now()));
  return countsTable(buckets.filter((bucket) => sees(caller, bucket.cameraId)));
}

function zoneHistory(port: HistoryPort, query: z.output<typeof zoneQuery>): ZoneHistory {
  const { from, to, bucket } = rangeOf(query, port.now());
  const found = port.zones({ length: bucket, from, to, camera: query.camera });
  return { from, to, bucket, cameraId: query.camera, buckets: found.map(zoneView) };
}

function zoneView({ people, ...bucket }: ZoneBucket): ZoneHistory['buckets'][number] {
  const { at, zoneId, flow, occupancyMax, occupancyMs, dwellMs, stays, watchedMs } = bucket;
  return {
    ...{ at, zoneId, flow, people, occupancyMax },
    compliance: complianceOf(people),
    interval: wilsonInterval(people.mask, people.mask + people.no_mask + people.incorrect),
    occupancyMean: watchedMs === 0 ? null : occupancyMs / watchedMs,
    dwellSeconds: stays === 0 ? null : dwellMs / stays / 1000,
    watchedSeconds: Math.round(watchedMs / 1000),
  };
}

function zonesCsv({ buckets }: ZoneHistory): string {
  return toCsv(
    [
      ...['start', 'zone', 'flow', 'mask', 'no_mask', 'incorrect', 'unknown', 'compliance'],
      ...['occupancy_mean', 'occupancy_max', 'dwell_seconds', 'watched_seconds'],
    ],
    buckets.map(({ at, zoneId, flow, people, ...rest }) => [
      ...[new Date(at).toISOString(), zoneId, flow, people.mask, people.no_mask, people.incorrect],
      ...[people.unknown, rest.compliance, rest.occupancyMean, rest.occupancyMax, rest.dwellSeconds],
      rest.watchedSeconds,
    ]),
  );
}

function report(port: HistoryPort, asked: string | undefined, caller: Caller): DailyReportView {
  const { buckets, alerts, cameras, notice } = port;
  const sources = { buckets, alerts, site: notice().site, cameras: cameras.list() };
  return reportOfDay(sources, asked === undefined ? localDayOf(port.now()) : dayOf(asked), caller.cameras);
}

function csvReply(name: string, content: string): Reply {
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="maskwatch-${name}.csv"` },
    text: { type: 'text/csv; charset=utf-8', content },
  };
}
