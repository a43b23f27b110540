import type { PeopleCounts } from '../realtime/events.js';
import type { BucketQuery } from '../storage/bucket-store.js';
import type { Database } from '../storage/open-database.js';
import type { ZoneFlow } from '../zones/zone-change.js';

/** One bucket of one zone, or of one direction over a line. */
export interface ZoneBucket {
  /** Epoch milliseconds of its start. */
  readonly at: number;
  readonly cameraId: string;
  readonly zoneId: string;
  readonly flow: ZoneFlow;
  /** People who entered or crossed. */
  readonly people: PeopleCounts;
  /** People times milliseconds inside. */
  readonly occupancyMs: number;
  readonly occupancyMax: number;
  /** Length of the stays that ended, and their number. */
  readonly dwellMs: number;
  readonly stays: number;
  readonly watchedMs: number;
}

const columns = [
  'camera_id as cameraId',
  'zone_id as zoneId',
  'flow',
  'mask',
  'no_mask',
  'incorrect',
  'unknown',
  'occupancy_ms as occupancyMs',
  'occupancy_max as occupancyMax',
  'dwell_ms as dwellMs',
  'stays',
  'watched_ms as watchedMs',
] as const;

/** Reads the zones of one camera over time, by start and zone; the whole picture is the zone ''. */
export function readZoneHistory(
  db: Database,
  { length, from, to, camera }: BucketQuery & { readonly camera: string },
): ZoneBucket[] {
  const rows =
    length === 'minute'
      ? db.all(
          db.build
            .selectFrom('zone_minutes')
            .select(['minute_at as at', ...columns])
            .where('camera_id', '=', camera)
            .where('minute_at', '>=', from)
            .where('minute_at', '<', to)
            .orderBy('minute_at')
            .orderBy('zone_id'),
        )
      : db.all(
          db.build
            .selectFrom(length === 'hour' ? 'zone_hours' : 'zone_days')
            .select(['starts_at as at', ...columns])
            .where('camera_id', '=', camera)
            .where('starts_at', '>=', from)
            .where('starts_at', '<', to)
            .orderBy('starts_at')
            .orderBy('zone_id'),
        );
  return rows.map(({ mask, no_mask, incorrect, unknown, ...rest }) => ({
    ...rest,
    people: { mask, no_mask, incorrect, unknown },
  }));
}
