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
  /** How full the picture was; absent where that was not recorded. */
  readonly occupancy?: Occupancy;
}

/** How full a picture was over some time. */
export interface Occupancy {
  /** People times milliseconds in the picture: divided by `watchedMs` it is the mean. */
  readonly personMs: number;
  /** Most people at once. */
  readonly most: number;
  readonly watchedMs: number;
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

/**
 * What a bucket is made of after its start: the counts of people, and beside them the occupancy of the whole picture, which is the
 * zone ''.
 */
const columns = [
  'people.camera_id',
  'people.mask',
  'people.no_mask',
  'people.incorrect',
  'people.unknown',
  'people.watched_ms',
  'picture.occupancy_ms',
  'picture.occupancy_max',
  'picture.watched_ms as picture_ms',
] as const;

function readMinutes(db: Database, from: number, to: number, camera: string | undefined): Bucket[] {
  let query = db.build
    .selectFrom('minute_buckets as people')
    .leftJoin('zone_minutes as picture', (join) =>
      join
        .onRef('picture.minute_at', '=', 'people.minute_at')
        .onRef('picture.camera_id', '=', 'people.camera_id')
        .on('picture.zone_id', '=', '')
        .on('picture.flow', '=', 'entered'),
    )
    .select(['people.minute_at', ...columns])
    .where('people.minute_at', '>=', from)
    .where('people.minute_at', '<', to)
    .orderBy('people.minute_at')
    .orderBy('people.camera_id');
  if (camera !== undefined) query = query.where('people.camera_id', '=', camera);
  return (db.lists(query) as BucketRow[]).map(toBucket);
}

function readRolled(
  db: Database,
  length: 'hour' | 'day',
  from: number,
  to: number,
  camera: string | undefined,
): Bucket[] {
  let query = db.build
    .selectFrom(length === 'hour' ? 'hour_buckets as people' : 'day_buckets as people')
    .leftJoin(length === 'hour' ? 'zone_hours as picture' : 'zone_days as picture', (join) =>
      join
        .onRef('picture.starts_at', '=', 'people.starts_at')
        .onRef('picture.camera_id', '=', 'people.camera_id')
        .on('picture.zone_id', '=', '')
        .on('picture.flow', '=', 'entered'),
    )
    .select(['people.starts_at', ...columns])
    .where('people.starts_at', '>=', from)
    .where('people.starts_at', '<', to)
    .orderBy('people.starts_at')
    .orderBy('people.camera_id');
  if (camera !== undefined) query = query.where('people.camera_id', '=', camera);
  return (db.lists(query) as BucketRow[]).map(toBucket);
}

/** A row as the queries above give it; the last three are null where no occupancy was recorded. */
type BucketRow = readonly [
  at: number,
  cameraId: string,
  mask: number,
  no_mask: number,
  incorrect: number,
  unknown: number,
  watchedMs: number,
  personMs: number | null,
  most: number | null,
  pictureMs: number | null,
];

/** Plain fields, one after the other: tens of thousands of rows go through here for one answer. */
function toBucket(row: BucketRow): Bucket {
  const [at, cameraId, mask, no_mask, incorrect, unknown, watchedMs, personMs, most, pictureMs] = row;
  const people = { mask, no_mask, incorrect, unknown };
  if (personMs === null || most === null || pictureMs === null) return { at, cameraId, people, watchedMs };
  return { at, cameraId, people, watchedMs, occupancy: { personMs, most, watchedMs: pictureMs } };
}
