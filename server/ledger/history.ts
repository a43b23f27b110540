import type { CountsHistory } from '../http/api.js';
import type { Bucket, BucketLength, BucketStore } from '../storage/bucket-store.js';
import { wilsonInterval } from './wilson-interval.js';
import { minuteOf } from './ledger-change.js';
import { localDayOf } from './local-day.js';
import { complianceOf } from './people-counts.js';

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

/** Reads people over time: only buckets in which a camera was watched or somebody was seen. */
export function readHistory(
  buckets: Pick<BucketStore, 'read'>,
  { from, to, bucket, camera }: HistoryQuery,
): CountsHistory {
  const found = buckets.read({
    length: bucket,
    from: bucketStart(from, bucket),
    to,
    ...(camera === undefined ? {} : { camera }),
  });
  return { from, to, bucket, buckets: found.map(toBucket) };
}

function toBucket({ at, cameraId, people, watchedMs, occupancy }: Bucket): CountsHistory['buckets'][number] {
  const compliance = complianceOf(people);
  return {
    at,
    cameraId,
    people,
    compliance,
    interval: wilsonInterval(people.mask, people.mask + people.no_mask + people.incorrect),
    occupancyMean:
      occupancy === undefined || occupancy.watchedMs === 0 ? null : occupancy.personMs / occupancy.watchedMs,
    occupancyMax: occupancy?.most ?? null,
    watchedSeconds: Math.round(watchedMs / 1000),
  };
}
