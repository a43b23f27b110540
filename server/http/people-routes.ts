import { z } from 'zod';
import { readHistory } from '../ledger/history.js';
import type { BucketStore } from '../storage/bucket-store.js';
import type { VisitStore } from '../storage/visit-store.js';
import { sees } from '../access/caller.js';
import { countsHistorySchema, countsNowSchema, visitPageSchema } from './answer-schemas.js';
import type { CountsHistory, CountsNow, VisitPage } from './api.js';
import { cameraId } from './camera-routes.js';
import { moment, rangeOf, rangeQuery } from './history-range.js';
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
      query: rangeQuery,
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
      audit: true,
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
