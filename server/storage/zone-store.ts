import type { Zone } from '../http/zone-api.js';
import type { Database } from './open-database.js';

/** What is drawn on the cameras' pictures. */
export interface ZoneStore {
  /** By camera, in the order of the list. */
  all(): ReadonlyMap<string, readonly Zone[]>;
  /** Replaces everything that is drawn on a camera. */
  replace(cameraId: string, zones: readonly Zone[]): void;
}

/** Makes the store over a database. */
export function createZoneStore(db: Database): ZoneStore {
  return {
    all: () => {
      const zones = new Map<string, Zone[]>();
      const rows = db.all(db.build.selectFrom('zones').selectAll().orderBy('camera_id').orderBy('place'));
      for (const { camera_id, zone_id, name, kind, anchor, points } of rows) {
        const zone = { id: zone_id, name, kind, anchor, points: JSON.parse(points) as Zone['points'] };
        zones.set(camera_id, [...(zones.get(camera_id) ?? []), zone]);
      }
      return zones;
    },
    replace: (cameraId, zones) =>
      db.transaction(() => {
        db.run(db.build.deleteFrom('zones').where('camera_id', '=', cameraId));
        for (const [place, { id, name, kind, anchor, points }] of zones.entries()) {
          const row = { camera_id: cameraId, zone_id: id, place, name, kind, anchor };
          db.run(db.build.insertInto('zones').values({ ...row, points: JSON.stringify(points) }));
        }
      }),
  };
}
