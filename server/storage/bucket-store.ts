import type { PeopleCounts } from '../realtime/events.js';
import type { Database } from './open-database.js';

/** A change of one minute bucket; people may be negative when a person's state is corrected. */
export interface BucketDelta {
  readonly people: PeopleCounts;
  readonly watchedMs: number;
}

/** Length of a bucket; hours and days are those of the server's time zone. */
export type BucketLength = 'minute' | 'hour' | 'day';

/** One bucket of one camera. */
export interface Bucket extends BucketDelta {
  /** Epoch milliseconds of its start. */
  readonly at: number;
  readonly cameraId: string;
}

/** Which buckets to read: those that start in a span of time in epoch milliseconds, `to` excluded. */
export interface BucketQuery {
  readonly length: BucketLength;
  readonly from: number;
  readonly to: number;
  /** All cameras where absent. */
  readonly camera?: string;
}

/** People by the time they were first seen, state and camera. */
export interface BucketStore {
  /** Adds to the bucket of a camera and minute (epoch milliseconds of its start), and so to its hour and day. */
  add(cameraId: string, minuteAt: number, delta: BucketDelta): void;
  /** By start and camera. A year of days of sixteen cameras is 5,840 rows. */
  read(query: BucketQuery): Bucket[];
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
    read: ({ length, from, to, camera }) =>
      length === 'minute' ? readMinutes(db, from, to, camera) : readRolled(db, length, from, to, camera),
  };
}

const counts = ['camera_id as cameraId', 'mask', 'no_mask', 'incorrect', 'unknown', 'watched_ms'] as const;

function readMinutes(db: Database, from: number, to: number, camera: string | undefined): Bucket[] {
  let query = db.build
    .selectFrom('minute_buckets')
    .select(['minute_at as at', ...counts])
    .where('minute_at', '>=', from)
    .where('minute_at', '<', to)
    .orderBy('minute_at')
    .orderBy('camera_id');
  if (camera !== undefined) query = query.where('camera_id', '=', camera);
  return db.all(query).map(toBucket);
}

function readRolled(
  db: Database,
  length: 'hour' | 'day',
  from: number,
  to: number,
  camera: string | undefined,
): Bucket[] {
  let query = db.build
    .selectFrom(length === 'hour' ? 'hour_buckets' : 'day_buckets')
    .select(['starts_at as at', ...counts])
    .where('starts_at', '>=', from)
    .where('starts_at', '<', to)
    .orderBy('starts_at')
    .orderBy('camera_id');
  if (camera !== undefined) query = query.where('camera_id', '=', camera);
  return db.all(query).map(toBucket);
}

/** A row as the queries above give it. */
interface BucketRow {
  readonly mask: number;
  readonly no_mask: number;
  readonly incorrect: number;
  readonly unknown: number;
  readonly at: number;
  readonly cameraId: string;
  readonly watched_ms: number;
}

function toBucket({ at, cameraId, watched_ms, mask, no_mask, incorrect, unknown }: BucketRow): Bucket {
  return { at, cameraId, people: { mask, no_mask, incorrect, unknown }, watchedMs: watched_ms };
}
