import type { PeopleCounts } from '../realtime/events.js';
import type { BucketStore } from '../storage/bucket-store.js';
import type { LocalDay } from './local-day.js';
import { addCounts, nobody } from './people-counts.js';

/** People first seen on a day, by camera, from what was counted. */
export function peopleOfDay(
  buckets: Pick<BucketStore, 'read'>,
  { start, end }: LocalDay,
): ReadonlyMap<string, PeopleCounts> {
  const people = new Map<string, PeopleCounts>();
  for (const bucket of buckets.read({ length: 'day', from: start, to: end })) {
    people.set(bucket.cameraId, addCounts(people.get(bucket.cameraId) ?? nobody, bucket.people));
  }
  return people;
}
