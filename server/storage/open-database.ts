import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { lockDataFolder } from './data-folder-lock.js';
import { migrate, migrations } from './migrate.js';
import { createPrivateFile } from './private-file.js';
import { setAside } from './set-aside.js';
import { applyDurability, isDamage, openSqliteFile, type SqliteFile, type Written } from './sqlite-file.js';
import { DamagedDatabaseError } from './storage-errors.js';
import type { Tables } from './tables.js';

/**
 * The open database. Statements are built with Kysely, so their types follow the tables, and run at once: SQLite is a
 * function call away, and a transaction that cannot be interleaved needs no queue.
 */
export interface Database {
  readonly path: string;
  /** Random, made with the file: cursors of another database are told apart by it. */
  readonly id: string;
  /** Builds statements; runs none. */
  readonly build: Kysely<Tables>;
  all<Row>(query: Compilable<Row>): Row[];
  /** All rows as lists of their columns, in the order in which those are selected: a third quicker, for very many rows. */
  lists(query: Compilable): unknown[];
  /** The first row, if any. */
  first<Row>(query: Compilable<Row>): Row | undefined;
  run(query: Compilable): Written;
  /** Moves the write-ahead log into the database and empties it, so that no overwritten text stays behind. */
  overwriteLog(): void;
  /** Writes a whole, consistent copy while the database is in use. Resolves when it is on the disk. */
  copyTo(path: string): Promise<void>;
  /** All or nothing; a throw rolls back. Not nested. */
  transaction<T>(work: () => T): T;
  /** Checkpoints, closes and gives the data folder back; idempotent. */
  close(): void;
}

/** Files up to this size are checked whole when they are opened; bigger ones would delay the start too long. */
const checkedBytes = 256 * 2 ** 20;

/**
 * Opens the database of a data folder, made with mode 0700 where it is missing; the file itself has mode 0600.
 *
 * @param now epoch milliseconds, for the name of a damaged file
 * @throws DataFolderTakenError when another server uses the folder
 * @throws DamagedDatabaseError when the file is no sound database; it was renamed, never overwritten
 * @throws NewerDatabaseError when a newer release wrote it
 */
export function openDatabase(folder: string, now: () => number = Date.now): Database {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'maskwatch.db');
  const unlock = lockDataFolder(folder);
  try {
    createPrivateFile(path);
    const { file, id } = openChecked(path, now);
    return wrap(file, id, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function openChecked(path: string, now: () => number): { file: SqliteFile; id: string } {
  const file = openSqliteFile(path);
  try {
    applyDurability(file);
    const damage = statSync(path).size <= checkedBytes ? file.quickCheck() : undefined;
    if (damage !== undefined) throw new DamageFound(damage);
    if (versionIsWrong(file)) throw new DamageFound('its version number is wrong');
    keepCopy(file);
    migrate(file);
    return { file, id: databaseId(file) };
  } catch (error) {
    file.close();
    if (!isDamage(error) && !(error instanceof DamageFound)) throw error;
    throw new DamagedDatabaseError(path, setAside(path, now()), error);
  }
}

/** Leaves a copy beside a database of an older release, `maskwatch.db.v<version>`, before its schema changes. */
function keepCopy(file: SqliteFile): void {
  const version = file.userVersion();
  const newest = migrations.at(-1)?.version ?? 0;
  if (version === 0 || version >= newest) return;
  const copy = `${file.path}.v${version}`;
  rmSync(copy, { force: true });
  createPrivateFile(copy);
  file.execute(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
}

/** What the check of a file found. */
class DamageFound extends Error {}

/** Every schema of ours has a version: tables without one mean that the header was overwritten. */
function versionIsWrong(file: SqliteFile): boolean {
  const version = file.userVersion();
  return version < 0 || (version === 0 && file.all('SELECT 1 FROM sqlite_schema LIMIT 1', []).length > 0);
}

function databaseId(file: SqliteFile): string {
  const [row] = file.all(`SELECT value FROM meta WHERE key = 'database_id'`, []) as { value: string }[];
  if (row === undefined) throw new DamageFound('it has no identity');
  return row.value;
}

function wrap(file: SqliteFile, id: string, unlock: () => void): Database {
  const all = <Row>(query: Compilable<Row>): Row[] => {
    const { sql, parameters } = query.compile();
    return file.all(sql, parameters) as Row[];
  };
  return {
    path: file.path,
    id,
    build: new Kysely<Tables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    }),
    all,
    lists: (query) => {
      const { sql, parameters } = query.compile();
      return file.lists(sql, parameters);
    },
    first: (query) => all(query)[0],
    run: (query) => {
      const { sql, parameters } = query.compile();
      return file.run(sql, parameters);
    },
    overwriteLog: () => file.execute('PRAGMA wal_checkpoint(TRUNCATE)'),
    copyTo: (path) => file.copyTo(path),
    transaction: (work) => file.transaction(work),
    close: () => {
      file.close();
      unlock();
    },
  };
}
