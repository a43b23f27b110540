import type { ZoneDelta, ZoneFlow } from '../zones/zone-change.js';
import type { Database } from './open-database.js';

/** Which minute of what. */
export interface ZoneMinuteKey {
  readonly cameraId: string;
  /** Empty for the whole picture. */
  readonly zoneId: string;
  readonly flow: ZoneFlow;
  /** Epoch milliseconds. */
  readonly minuteAt: number;
}

/** The sum of some minutes of one zone and direction. */
export interface ZoneSum extends ZoneDelta {
  readonly zoneId: string;
  readonly flow: ZoneFlow;
}

/** People by minute, zone and direction. */
export interface ZoneMinuteStore {
  add(key: ZoneMinuteKey, delta: ZoneDelta): void;
  /** Sums over a span of time in epoch milliseconds, `to` excluded, for one camera. */
  sum(cameraId: string, from: number, to: number): ZoneSum[];
}

/** Adds two deltas; of the most people inside at once the greater counts. */
export function addZoneDeltas(a: ZoneDelta, b: Partial<ZoneDelta>): ZoneDelta {
  const people = b.people ?? { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };
  return {
    people: {
      mask: a.people.mask + people.mask,
      no_mask: a.people.no_mask + people.no_mask,
      incorrect: a.people.incorrect + people.incorrect,
      unknown: a.people.unknown + people.unknown,
    },
    occupancyMs: a.occupancyMs + (b.occupancyMs ?? 0),
    occupancyMax: Math.max(a.occupancyMax, b.occupancyMax ?? 0),
    dwellMs: a.dwellMs + (b.dwellMs ?? 0),
    stays: a.stays + (b.stays ?? 0),
    watchedMs: a.watchedMs + (b.watchedMs ?? 0),
  };
}

/** Makes the store over a database. */
export function createZoneMinuteStore(db: Database): ZoneMinuteStore {
  return {
    add: ({ cameraId, zoneId, flow, minuteAt }, { people, occupancyMs, occupancyMax, dwellMs, ...rest }) => {
      const { mask, no_mask, incorrect, unknown } = people;
      const added = {
        ...{ mask, no_mask, incorrect, unknown },
        occupancy_ms: Math.round(occupancyMs),
        dwell_ms: Math.round(dwellMs),
        stays: rest.stays,
        watched_ms: Math.round(rest.watchedMs),
      };
      const key = { camera_id: cameraId, zone_id: zoneId, flow, minute_at: minuteAt };
      db.run(
        db.build
          .insertInto('zone_minutes')
          .values({ ...key, ...added, occupancy_max: occupancyMax })
          .onConflict((conflict) =>
            conflict.columns(['minute_at', 'camera_id', 'zone_id', 'flow']).doUpdateSet((eb) => ({
              mask: eb('zone_minutes.mask', '+', added.mask),
              no_mask: eb('zone_minutes.no_mask', '+', added.no_mask),
              incorrect: eb('zone_minutes.incorrect', '+', added.incorrect),
              unknown: eb('zone_minutes.unknown', '+', added.unknown),
              occupancy_ms: eb('zone_minutes.occupancy_ms', '+', added.occupancy_ms),
              // With two values SQLite's max is a plain function.
              occupancy_max: eb.fn('max', ['zone_minutes.occupancy_max', eb.val(occupancyMax)]),
              dwell_ms: eb('zone_minutes.dwell_ms', '+', added.dwell_ms),
              stays: eb('zone_minutes.stays', '+', added.stays),
              watched_ms: eb('zone_minutes.watched_ms', '+', added.watched_ms),
            })),
          ),
      );
    },
    sum: (cameraId, from, to) =>
      db
        .all(
          db.build
            .selectFrom('zone_minutes')
            .select(({ fn }) => [
              'zone_id',
              'flow',
              fn.sum<number>('mask').as('mask'),
              fn.sum<number>('no_mask').as('no_mask'),
              fn.sum<number>('incorrect').as('incorrect'),
              fn.sum<number>('unknown').as('unknown'),
              fn.sum<number>('occupancy_ms').as('occupancyMs'),
              fn.max<number>('occupancy_max').as('occupancyMax'),
              fn.sum<number>('dwell_ms').as('dwellMs'),
              fn.sum<number>('stays').as('stays'),
              fn.sum<number>('watched_ms').as('watchedMs'),
            ])
            .where('minute_at', '>=', from)
            .where('minute_at', '<', to)
            .where('camera_id', '=', cameraId)
            .groupBy(['zone_id', 'flow']),
        )
        .map(({ zone_id, flow, mask, no_mask, incorrect, unknown, ...rest }) => ({
          zoneId: zone_id,
          flow,
          people: { mask, no_mask, incorrect, unknown },
          ...rest,
        })),
  };
}
