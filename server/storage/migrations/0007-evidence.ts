import type { Migration } from '../migrate.js';

/** Which pictures are kept with alerts, and until when. The pictures are files: no column could hold one. */
export const evidence: Migration = {
  version: 7,
  name: 'evidence',
  sql: `
    CREATE TABLE evidence (
      alert_id TEXT PRIMARY KEY,
      camera_id TEXT NOT NULL,
      taken_at INTEGER NOT NULL,
      keep_until INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
