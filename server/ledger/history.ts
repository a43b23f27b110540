import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CountsHistory } from '../http/api.js';
import type { BucketStore, BucketSum } from '../storage/bucket-store.js';
import { minuteOf } from './ledger-change.js';
import { localDayOf } from './local-day.js';
import { complianceOf } from './people-counts.js';

/** Length of a history bucket. Hours and days are those of the server's time zone. */
export type BucketLength = CountsHistory['bucket'];

/** What a history is asked for; times in epoch milliseconds. */
export interface HistoryQuery {
  readonly from: number;
  readonly to: number;
  readonly bucket: BucketLength;
  /** All cameras where absent. */
  readonly camera?: string;
}

/** The start of the bucket that a moment lies in. */
export function bucketStart(epochMs: number, bucket: BucketLength): number {
  if (bucket === 'minute') return minuteOf(epochMs);
  if (bucket === 'day') return localDayOf(epochMs).start;
  const local = epochMs - new Date(epochMs).getTimezoneOffset() * 60_000;
  return epochMs - (((local % 3_600_000) + 3_600_000) % 3_600_000);
}

/** The start of the bucket that follows the one starting at `start`. */
export function nextBucketStart(start: number, bucket: BucketLength): number {
  if (bucket === 'minute') return start + 60_000;
  if (bucket === 'day') return localDayOf(start).end;
  // Where clocks change by half an hour, an hour may be half as long.
  const next = bucketStart(start + 3_600_000, bucket);
  return next > start ? next : start + 3_600_000;
}

/**
 * Reads people over time, bucket by bucket, and lets other work of the process run in between.
 *
 * @param buckets where to read
 */
export async function readHistory(
  buckets: Pick<BucketStore, 'sum'>,
  { from, to, bucket, camera }: HistoryQuery,
): Promise<CountsHistory> {
  const rows: CountsHistory['buckets'][number][] = [];
  let lastTurn = performance.now();
  for (let at = bucketStart(from, bucket); at < to; at = nextBucketStart(at, bucket)) {
    for (const sum of buckets.sum(at, nextBucketStart(at, bucket), camera)) rows.push(toBucket(at, sum));
    if (performance.now() - lastTurn < 5) continue;
    await nextTurn();
    lastTurn = performance.now();
  }
  return { from, to, bucket, buckets: rows };
}

function toBucket(at: number, { cameraId, people, watchedMs }: BucketSum): CountsHistory['buckets'][number] {
  return {
    at,
    cameraId,
    people,
    compliance: complianceOf(people),
    watchedSeconds: Math.round(watchedMs / 1000),
  };
}
