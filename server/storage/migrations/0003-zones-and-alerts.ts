import type { Migration } from '../migrate.js';

/** Zones with their minutes, alert rules, alerts, sinks and what waits to be sent. */
export const zonesAndAlerts: Migration = {
  version: 3,
  name: 'zones and alerts',
  sql: `
    CREATE TABLE zones (
      camera_id TEXT NOT NULL,
      zone_id TEXT NOT NULL,
      place INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('area', 'line', 'privacy')),
      anchor TEXT NOT NULL CHECK (anchor IN ('centre', 'bottom')),
      points TEXT NOT NULL,
      PRIMARY KEY (camera_id, zone_id)
    ) STRICT, WITHOUT ROWID;

    -- Outlives its zone, as history does. The zone '' is the whole picture.
    CREATE TABLE zone_minutes (
      camera_id TEXT NOT NULL,
      zone_id TEXT NOT NULL,
      flow TEXT NOT NULL CHECK (flow IN ('entered', 'forward', 'backward')),
      minute_at INTEGER NOT NULL,
      mask INTEGER NOT NULL,
      no_mask INTEGER NOT NULL,
      incorrect INTEGER NOT NULL,
      unknown INTEGER NOT NULL,
      occupancy_ms INTEGER NOT NULL,
      occupancy_max INTEGER NOT NULL,
      dwell_ms INTEGER NOT NULL,
      stays INTEGER NOT NULL,
      watched_ms INTEGER NOT NULL,
      PRIMARY KEY (minute_at, camera_id, zone_id, flow)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_rules (
      rule_id TEXT PRIMARY KEY,
      created_at INTEGER NOT NULL,
      definition TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alerts (
      alert_id TEXT PRIMARY KEY,
      rule_id TEXT NOT NULL,
      camera_id TEXT NOT NULL,
      severity TEXT NOT NULL,
      raised_at INTEGER NOT NULL,
      cleared_at INTEGER,
      acknowledged_at INTEGER,
      alert TEXT NOT NULL
    ) STRICT;
    CREATE INDEX alerts_by_time ON alerts (raised_at, alert_id);
    CREATE INDEX alerts_by_camera ON alerts (camera_id, raised_at, alert_id);
    CREATE INDEX alerts_open ON alerts (alert_id) WHERE cleared_at IS NULL;

    -- Secrets are sealed; settings carry none.
    CREATE TABLE sinks (
      sink_id TEXT PRIMARY KEY,
      created_at INTEGER NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('webhook', 'mqtt', 'email')),
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      settings TEXT NOT NULL,
      secret TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE outbox (
      item_id INTEGER PRIMARY KEY AUTOINCREMENT,
      sink_id TEXT NOT NULL,
      -- What makes it one delivery: the same news is never queued twice for a sink.
      news TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
      created_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      last_error TEXT,
      finished_at INTEGER,
      message TEXT NOT NULL,
      UNIQUE (sink_id, news)
    ) STRICT;
    CREATE INDEX outbox_by_state ON outbox (sink_id, state, due_at);
  `,
};
