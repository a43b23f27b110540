import Sqlite from 'better-sqlite3';

/** What one statement did. */
export interface Written {
  /** Rows inserted, changed or deleted. */
  readonly changes: number;
  readonly lastInsertRowid: number;
}

/** An open SQLite file. This module is the only door to the driver. */
export interface SqliteFile {
  readonly path: string;
  all(sql: string, parameters: readonly unknown[]): unknown[];
  /** The same rows as plain lists of their columns, in a third less time: for answers of tens of thousands of rows. */
  lists(sql: string, parameters: readonly unknown[]): unknown[];
  run(sql: string, parameters: readonly unknown[]): Written;
  /** Runs a script of several statements without parameters. */
  execute(sql: string): void;
  /** Runs the work in one transaction; a throw rolls it back. Not nested. */
  transaction<T>(work: () => T): T;
  /** Writes a whole, consistent copy of the open database (SQLite's online backup). */
  copyTo(path: string): Promise<void>;
  userVersion(): number;
  setUserVersion(version: number): void;
  /** The first damage that a quick check finds; undefined when the file is sound. */
  quickCheck(): string | undefined;
  /** Holds an exclusive lock that the kernel drops with the process, until `close`. */
  lockExclusively(): void;
  /** Checkpoints and closes; idempotent. */
  close(): void;
}

/** Prepared statements that are kept for the next use. */
const cachedStatements = 128;

/**
 * Opens (or creates) a SQLite file in write-ahead mode with `synchronous = NORMAL`: a commit survives `kill -9` of
 * this process; the very last ones may be undone by a power cut, never half done.
 *
 * @throws the driver's error when the file cannot be opened; ask `isDamage` and `isBusy` what it means
 */
export function openSqliteFile(path: string): SqliteFile {
  return wrap(path, new Sqlite(path, { timeout: 2000 }));
}

function wrap(path: string, driver: Sqlite.Database): SqliteFile {
  const statements = new Map<string, Sqlite.Statement>();
  const prepare = (sql: string): Sqlite.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = driver.prepare(sql);
    if (statements.size >= cachedStatements) statements.clear();
    statements.set(sql, statement);
    return statement;
  };
  return {
    path,
    all: (sql, parameters) => prepare(sql).all(...parameters),
    lists: (sql, parameters) => {
      const statement = prepare(sql).raw(true);
      try {
        return statement.all(...parameters);
      } finally {
        statement.raw(false);
      }
    },
    run: (sql, parameters) => {
      const { changes, lastInsertRowid } = prepare(sql).run(...parameters);
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    },
    execute: (sql) => void driver.exec(sql),
    transaction: (work) => driver.transaction(work).immediate(),
    copyTo: async (path) => {
      await driver.backup(path);
    },
    userVersion: () => Number(driver.pragma('user_version', { simple: true })),
    setUserVersion: (version) => void driver.pragma(`user_version = ${version}`),
    quickCheck: () => {
      const first = String(driver.pragma('quick_check(1)', { simple: true }));
      return first === 'ok' ? undefined : first;
    },
    lockExclusively: () => void driver.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE'),
    close: () => {
      statements.clear();
      driver.close();
    },
  };
}

/**
 * Opens a SQLite file that exists to read it, also while a server writes it. Writing throws.
 *
 * @throws the driver's error when it cannot be opened
 */
export function readSqliteFile(path: string): SqliteFile {
  return wrap(path, new Sqlite(path, { timeout: 2000, readonly: true, fileMustExist: true }));
}

/** Sets the durability and integrity rules of a data file; reads its header, so damage may show here. */
export function applyDurability(file: SqliteFile): void {
  file.execute(
    // Deleted text is overwritten where that costs no further writes.
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = FAST',
  );
}

/** True for errors that say the file is not a sound database. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return true;
  // A damaged format number in the header has no code of its own.
  return code === 'SQLITE_ERROR' && error instanceof Error && error.message === 'unsupported file format';
}

/** True when another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY') || codeOf(error).startsWith('SQLITE_LOCKED');
}

function codeOf(error: unknown): string {
  return error instanceof Sqlite.SqliteError ? error.code : '';
}
