import { z } from 'zod';
import { type HistoryQuery, readHistory } from '../ledger/history.js';
import type { BucketStore } from '../storage/bucket-store.js';
import type { VisitStore } from '../storage/visit-store.js';
import { sees } from '../access/caller.js';
import { countsHistorySchema, countsNowSchema, visitPageSchema } from './answer-schemas.js';
import type { CountsHistory, CountsNow, VisitPage } from './api.js';
import { cameraId } from './camera-routes.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';
import { formatVisitCursor, visitCursor } from './visit-cursor.js';

/** What the routes about people need of the server. */
export interface PeoplePort {
  readonly visits: Pick<VisitStore, 'list'>;
  readonly buckets: Pick<BucketStore, 'read'>;
  /** The newest counts of each camera given. */
  countsNow(cameraIds: readonly string[]): CountsNow;
  /** Ids of the cameras that exist. */
  cameraIds(): readonly string[];
  /** Epoch milliseconds. */
  now(): number;
}

const lengthMs = { minute: 60_000, hour: 3_600_000, day: 24 * 3_600_000 } as const;
/** Buckets asked for at once, for each camera: 33 hours of minutes, 83 days of hours, five years of days. */
const mostBuckets = 2000;
/** Buckets that are given when no start is asked for. */
const usualBuckets = { minute: 120, hour: 48, day: 30 } as const;

const moment = z
  .string()
  .regex(/^\d{1,13}$/, 'must be epoch milliseconds')
  .transform(Number);
const countsQuery = z.strictObject({
  camera: cameraId.optional(),
  from: moment.optional(),
  to: moment.optional(),
  bucket: z.enum(['minute', 'hour', 'day']).default('minute'),
});
const visitsQuery = z.strictObject({
  camera: cameraId.optional(),
  from: moment.default(0),
  to: moment.default(Number.MAX_SAFE_INTEGER),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number')
    .transform(Number)
    .pipe(z.int().min(1).max(500))
    .default(50),
  after: visitCursor.optional(),
});

/** Counts now, counts over time, and the visits behind them. */
export function peopleRoutes(people: PeoplePort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/counts/now',
      summary: 'The newest counts of each camera, with the cursor at which they were true',
      answer: { status: 200, body: countsNowSchema },
      permission: 'view',
      handle: ({ caller }) => ok(people.countsNow(people.cameraIds().filter((id) => sees(caller, id)))),
    }),
    route({
      method: 'get',
      path: '/api/counts',
      summary: 'People by the minute, hour or day in which they were first seen',
      answer: { status: 200, body: countsHistorySchema },
      permission: 'view',
      camera: { in: 'query', field: 'camera' },
      query: countsQuery,
      handle: ({ query, caller }) => {
        const history = readHistory(people.buckets, rangeOf(query, people.now()));
        const buckets = history.buckets.filter((bucket) => sees(caller, bucket.cameraId));
        return ok({ ...history, buckets } satisfies CountsHistory);
      },
    }),
    route({
      method: 'get',
      path: '/api/visits',
      summary: 'Visits, the newest first, page by page',
      answer: { status: 200, body: visitPageSchema },
      permission: 'view',
      camera: { in: 'query', field: 'camera' },
      query: visitsQuery,
      handle: ({ query: { camera, from, to, limit, after }, caller }) => {
        // One more than asked for tells whether there is another page.
        const found = people.visits.list({
          from,
          to,
          limit: limit + 1,
          ...(camera === undefined ? {} : { camera }),
          ...(caller.cameras === undefined ? {} : { cameras: [...caller.cameras] }),
          ...(after === undefined ? {} : { after }),
        });
        const visits = found.slice(0, limit);
        const last = visits.at(-1);
        const more = found.length > limit && last !== undefined;
        return ok({ visits, ...(more ? { next: formatVisitCursor(last) } : {}) } satisfies VisitPage);
      },
    }),
  ];
}

function rangeOf(query: z.output<typeof countsQuery>, now: number): HistoryQuery {
  const { camera, bucket } = query;
  const length = lengthMs[bucket];
  const to = query.to ?? (query.from === undefined ? now : Math.max(now, query.from));
  const from = query.from ?? Math.max(0, to - usualBuckets[bucket] * length);
  if (from > to) {
    throw invalidRange('must not be after "to"');
  }
  if ((to - from) / length > mostBuckets) {
    throw invalidRange(`and "to" must be at most ${mostBuckets} buckets apart; ask for a longer bucket`);
  }
  return { from, to, bucket, ...(camera === undefined ? {} : { camera }) };
}

function invalidRange(rule: string): ProblemError {
  return new ProblemError(400, 'invalid-field', `/from: ${rule}`, [{ pointer: '/from', detail: rule }]);
}
