import type { Migration } from '../migrate.js';

/** Cameras, visits, minute buckets and the event log. */
export const firstTables: Migration = {
  version: 1,
  name: 'first tables',
  sql: `
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO meta VALUES ('database_id', lower(hex(randomblob(8))));

    CREATE TABLE cameras (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      url TEXT NOT NULL,
      transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
      loop INTEGER NOT NULL CHECK (loop IN (0, 1)),
      fps REAL,
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
      created_at INTEGER NOT NULL
    ) STRICT;

    -- Visits outlive their camera: history stays when a camera is removed, so there is no reference.
    CREATE TABLE visits (
      visit_id TEXT PRIMARY KEY,
      camera_id TEXT NOT NULL,
      first_seen_at INTEGER NOT NULL,
      last_seen_at INTEGER NOT NULL CHECK (last_seen_at >= first_seen_at),
      state TEXT NOT NULL CHECK (state IN ('mask', 'no_mask', 'incorrect', 'unknown')),
      confidence REAL NOT NULL,
      changes INTEGER NOT NULL,
      ended INTEGER NOT NULL CHECK (ended IN (0, 1))
    ) STRICT;
    CREATE INDEX visits_by_time ON visits (first_seen_at, visit_id);
    CREATE INDEX visits_by_camera ON visits (camera_id, first_seen_at, visit_id);
    CREATE INDEX visits_by_end ON visits (last_seen_at);
    CREATE INDEX visits_open ON visits (camera_id) WHERE ended = 0;

    CREATE TABLE minute_buckets (
      camera_id TEXT NOT NULL,
      minute_at INTEGER NOT NULL,
      mask INTEGER NOT NULL,
      no_mask INTEGER NOT NULL,
      incorrect INTEGER NOT NULL,
      unknown INTEGER NOT NULL,
      watched_ms INTEGER NOT NULL,
      PRIMARY KEY (minute_at, camera_id)
    ) STRICT, WITHOUT ROWID;

    -- AUTOINCREMENT: a number is never used twice, also after the newest rows were pruned.
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      camera_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      payload TEXT NOT NULL
    ) STRICT;
  `,
};
