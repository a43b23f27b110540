import { z } from 'zod';
import type { Caller } from '../access/caller.js';
import { reportOfDay } from '../history/report-of-day.js';
import type { ZoneBucket } from '../history/zone-history.js';
import { bucketStart } from '../ledger/history.js';
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
import { ok, route, type Route } from './route.js';

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

/** Which part of the history of a camera's zones is asked for. */
export const zoneQuery = rangeQuery.extend({ camera: cameraId });
const dayQuery = z.strictObject({ day: z.iso.date().optional() });

/** Zones over time, the daily report and the notice. */
export function historyRoutes(port: HistoryPort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/zones/history',
      summary: 'People in the zones and over the lines of a camera, over time',
      answer: { status: 200, body: zoneHistorySchema },
      permission: 'view',
      camera: { in: 'query', field: 'camera' },
      query: zoneQuery,
      handle: ({ query }) => ok(zoneHistory(port, query)),
    }),
    route({
      method: 'get',
      path: '/api/reports/daily',
      summary: 'One day: people, compliance and alerts, by camera and by hour',
      answer: { status: 200, body: dailyReportSchema },
      permission: 'view',
      audit: true,
      query: dayQuery,
      handle: ({ query, caller }) => {
        const made = report(port, query.day, caller);
        return { ...ok(made), subject: made.day };
      },
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

/** The zones of a camera over time. The first bucket is the one that the start lies in. */
export function zoneHistory(port: HistoryPort, query: z.output<typeof zoneQuery>): ZoneHistory {
  const { from, to, bucket } = rangeOf(query, port.now());
  const asked = { length: bucket, from: bucketStart(from, bucket), to, camera: query.camera };
  return { from, to, bucket, cameraId: query.camera, buckets: port.zones(asked).map(zoneView) };
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

function report(port: HistoryPort, asked: string | undefined, caller: Caller): DailyReportView {
  const { buckets, alerts, cameras, notice } = port;
  const sources = { buckets, alerts, site: notice().site, cameras: cameras.list() };
  return reportOfDay(sources, asked === undefined ? localDayOf(port.now()) : dayOf(asked), caller.cameras);
}
