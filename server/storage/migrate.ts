import type { SqliteFile } from './sqlite-file.js';
import { NewerDatabaseError } from './storage-errors.js';
import { firstTables } from './migrations/0001-first-tables.js';
import { accessTables } from './migrations/0002-access-tables.js';
import { zonesAndAlerts } from './migrations/0003-zones-and-alerts.js';
import { historyRollups } from './migrations/0004-history-rollups.js';
import { cameraAccess } from './migrations/0005-camera-access.js';
import { cameraGroups } from './migrations/0006-camera-groups.js';
import { cameraCertificate } from './migrations/0008-camera-certificate.js';
import { evidence } from './migrations/0007-evidence.js';

/** One step from a schema version to the next. Released steps never change; a correction is a new step. */
export interface Migration {
  /** Counts up from 1 without holes. */
  readonly version: number;
  readonly name: string;
  /** Statements that take the schema from `version - 1` to `version`. */
  readonly sql: string;
}

/** Every step, in order. */
export const migrations: readonly Migration[] = [
  firstTables,
  accessTables,
  zonesAndAlerts,
  historyRollups,
  cameraAccess,
  cameraGroups,
  evidence,
  cameraCertificate,
];

/**
 * Brings a database to the newest schema, each step in a transaction of its own together with its version number: a
 * crash leaves either the old schema or the new one.
 *
 * @throws NewerDatabaseError when a newer release wrote the file
 */
export function migrate(file: SqliteFile, steps: readonly Migration[] = migrations): void {
  const newest = steps.at(-1)?.version ?? 0;
  const found = file.userVersion();
  if (found > newest) throw new NewerDatabaseError(file.path, found, newest);
  for (const step of steps) {
    if (step.version <= found) continue;
    file.transaction(() => {
      file.execute(step.sql);
      file.setUserVersion(step.version);
    });
  }
}
