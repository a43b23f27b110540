import { z } from 'zod';
import type { HistoryQuery } from '../ledger/history.js';
import { cameraId } from './camera-routes.js';
import { ProblemError } from './problem-error.js';

const lengthMs = { minute: 60_000, hour: 3_600_000, day: 24 * 3_600_000 } as const;
/**
 * Buckets asked for at once, for each camera: 25 hours of minutes, 62 days of hours, four years of days. One answer is made in one go,
 * and for sixteen cameras this many take a tenth of a second, in which nothing else is served.
 */
const mostBuckets = 1500;
/** Buckets that are given when no start is asked for. */
const usualBuckets = { minute: 120, hour: 48, day: 30 } as const;

/** A moment in a query: epoch milliseconds. */
export const moment = z
  .string()
  .regex(/^\d{1,13}$/, 'must be epoch milliseconds')
  .transform(Number);

/** Which part of a history is asked for. */
export const rangeQuery = z.strictObject({
  camera: cameraId.optional(),
  from: moment.optional(),
  to: moment.optional(),
  bucket: z.enum(['minute', 'hour', 'day']).default('minute'),
});

/**
 * Fills in what a query leaves open: the end is now, the start some buckets before it.
 *
 * @param now epoch milliseconds
 * @throws ProblemError for a start after the end, or too many buckets
 */
export function rangeOf(query: z.output<typeof rangeQuery>, now: number): HistoryQuery {
  const { camera, bucket } = query;
  const length = lengthMs[bucket];
  const to = query.to ?? (query.from === undefined ? now : Math.max(now, query.from));
  const from = query.from ?? Math.max(0, to - usualBuckets[bucket] * length);
  if (from > to) throw invalidRange('must not be after "to"');
  if ((to - from) / length > mostBuckets) {
    throw invalidRange(`and "to" must be at most ${mostBuckets} buckets apart; ask for a longer bucket`);
  }
  return { from, to, bucket, ...(camera === undefined ? {} : { camera }) };
}

function invalidRange(rule: string): ProblemError {
  return new ProblemError(400, 'invalid-field', `/from: ${rule}`, [{ pointer: '/from', detail: rule }]);
}
