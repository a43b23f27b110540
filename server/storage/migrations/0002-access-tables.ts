import type { Migration } from '../migrate.js';

/** Accounts, sessions, API tokens, one-time links and the audit log. */
export const accessTables: Migration = {
  version: 2,
  name: 'access tables',
  sql: `
    CREATE TABLE accounts (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL,
      cameras TEXT,
      password_hash TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      password_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE sessions (
      id TEXT NOT NULL PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      account_id TEXT,
      link_id TEXT,
      created_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL,
      address TEXT NOT NULL,
      agent TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sessions_by_account ON sessions (account_id);
    CREATE INDEX sessions_by_link ON sessions (link_id);

    CREATE TABLE tokens (
      id TEXT NOT NULL PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      prefix TEXT NOT NULL,
      name TEXT NOT NULL,
      account_id TEXT,
      permissions TEXT NOT NULL,
      cameras TEXT,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      last_used_at INTEGER
    ) STRICT;

    CREATE TABLE links (
      id TEXT NOT NULL PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      camera_id TEXT,
      created_by TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      used_at INTEGER
    ) STRICT;

    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      actor_kind TEXT NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      camera_id TEXT,
      subject TEXT,
      address TEXT NOT NULL,
      status INTEGER NOT NULL
    ) STRICT;
  `,
};
