import type { PeopleCounts } from '../realtime/events.js';
import type { Database } from './open-database.js';

/** A change of one minute bucket; people may be negative when a person's state is corrected. */
export interface BucketDelta {
  readonly people: PeopleCounts;
  readonly watchedMs: number;
}

/** The sum of some buckets of one camera. */
export interface BucketSum extends BucketDelta {
  readonly cameraId: string;
}

/** People by first-seen minute, state and camera. */
export interface BucketStore {
  /** Adds to the bucket of a camera and minute (epoch milliseconds of its start). */
  add(cameraId: string, minuteAt: number, delta: BucketDelta): void;
  /** Sums over a span of time in epoch milliseconds, `to` excluded, one for each camera with rows in it. */
  sum(from: number, to: number, camera?: string): BucketSum[];
}

/** Makes the store over a database. */
export function createBucketStore(db: Database): BucketStore {
  return {
    add: (cameraId, minuteAt, { people, watchedMs }) => {
      const { mask, no_mask, incorrect, unknown } = people;
      const added = { mask, no_mask, incorrect, unknown, watched_ms: Math.round(watchedMs) };
      db.run(
        db.build
          .insertInto('minute_buckets')
          .values({ camera_id: cameraId, minute_at: minuteAt, ...added })
          .onConflict((conflict) =>
            conflict.columns(['minute_at', 'camera_id']).doUpdateSet((eb) => ({
              mask: eb('minute_buckets.mask', '+', added.mask),
              no_mask: eb('minute_buckets.no_mask', '+', added.no_mask),
              incorrect: eb('minute_buckets.incorrect', '+', added.incorrect),
              unknown: eb('minute_buckets.unknown', '+', added.unknown),
              watched_ms: eb('minute_buckets.watched_ms', '+', added.watched_ms),
            })),
          ),
      );
    },
    sum: (from, to, camera) => {
      let query = db.build
        .selectFrom('minute_buckets')
        .select(({ fn }) => [
          'camera_id',
          fn.sum<number>('mask').as('mask'),
          fn.sum<number>('no_mask').as('no_mask'),
          fn.sum<number>('incorrect').as('incorrect'),
          fn.sum<number>('unknown').as('unknown'),
          fn.sum<number>('watched_ms').as('watched_ms'),
        ])
        .where('minute_at', '>=', from)
        .where('minute_at', '<', to)
        .groupBy('camera_id')
        .orderBy('camera_id');
      if (camera !== undefined) query = query.where('camera_id', '=', camera);
      return db.all(query).map(({ camera_id, watched_ms, ...people }) => ({
        cameraId: camera_id,
        people,
        watchedMs: watched_ms,
      }));
    },
  };
}
