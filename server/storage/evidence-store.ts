import type { Database } from './open-database.js';
import type { EvidenceTable } from './zone-tables.js';

/** A picture that is kept with an alert; the picture itself is a file of its own. Times in epoch milliseconds. */
export interface EvidenceEntry {
  readonly alertId: string;
  readonly cameraId: string;
  readonly takenAt: number;
  /** Deleted then at the latest. */
  readonly keepUntil: number;
  readonly bytes: number;
}

/** What is known of the pictures that are kept. */
export interface EvidenceStore {
  put(entry: EvidenceEntry): void;
  get(alertId: string): EvidenceEntry | undefined;
  /** The oldest first. */
  list(): EvidenceEntry[];
  remove(alertId: string): void;
}

/** Makes the store over a database. */
export function createEvidenceStore(db: Database): EvidenceStore {
  return {
    put: ({ alertId, cameraId, takenAt, keepUntil, bytes }) => {
      const row = {
        alert_id: alertId,
        camera_id: cameraId,
        taken_at: Math.round(takenAt),
        keep_until: Math.round(keepUntil),
        bytes,
      };
      db.run(
        db.build
          .insertInto('evidence')
          .values(row)
          .onConflict((conflict) => conflict.column('alert_id').doUpdateSet(row)),
      );
    },
    get: (alertId) => {
      const row = db.first(db.build.selectFrom('evidence').selectAll().where('alert_id', '=', alertId));
      return row === undefined ? undefined : entryOf(row);
    },
    list: () =>
      db
        .all(db.build.selectFrom('evidence').selectAll().orderBy('taken_at').orderBy('alert_id'))
        .map(entryOf),
    remove: (alertId) => void db.run(db.build.deleteFrom('evidence').where('alert_id', '=', alertId)),
  };
}

function entryOf({ alert_id, camera_id, taken_at, keep_until, bytes }: EvidenceTable): EvidenceEntry {
  return { alertId: alert_id, cameraId: camera_id, takenAt: taken_at, keepUntil: keep_until, bytes };
}
