import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keyFileName } from '../secrets/secret-key.js';
import { lockDataFolder } from '../storage/data-folder-lock.js';
import { migrations } from '../storage/migrate.js';
import { createPrivateFile, writePrivateFile } from '../storage/private-file.js';
import { openSqliteFile, type SqliteFile } from '../storage/sqlite-file.js';

/** A backup cannot be made or used; the message says why. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code = 'bad-backup';
}

const databaseName = 'maskwatch.db';
const configName = 'config.yaml';

/**
 * Writes one file with the whole database, the configuration and the key of stored passwords, mode 0600, while a server may
 * run. It is an SQLite database itself, and is checked before it gets its name.
 *
 * @param configFile included where it exists
 * @throws BackupError
 */
export async function makeBackup(dataDir: string, configFile: string, target: string): Promise<void> {
  const database = join(dataDir, databaseName);
  if (!existsSync(database)) throw new BackupError(`There is no database in ${dataDir}.`);
  if (existsSync(target)) throw new BackupError(`${target} exists already.`);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  createPrivateFile(unfinished);
  try {
    const source = openSqliteFile(database);
    try {
      await source.copyTo(unfinished);
    } finally {
      source.close();
    }
    const copy = openSqliteFile(unfinished);
    try {
      copy.execute(
        'PRAGMA journal_mode = DELETE; CREATE TABLE backup_files (name TEXT PRIMARY KEY, content BLOB NOT NULL)',
      );
      addFile(copy, configName, configFile);
      addFile(copy, keyFileName, join(dataDir, keyFileName));
      refuseDamage(copy, unfinished);
    } finally {
      copy.close();
    }
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** What a restore did. */
export interface Restored {
  /** Where the database that was there before lies now. */
  readonly before: string | undefined;
  /** False where a configuration was there already, or the backup has none. */
  readonly configWritten: boolean;
}

/**
 * Puts a backup in place of a data folder's database and key. What was there before is set aside; a configuration that
 * exists is left alone.
 *
 * @param now epoch milliseconds, for the name of what is set aside
 * @throws BackupError, DataFolderTakenError while a server runs
 */
export async function restoreBackup(
  file: string,
  dataDir: string,
  configFile: string,
  now: number,
): Promise<Restored> {
  if (!existsSync(file)) throw new BackupError(`There is no ${file}.`);
  // On a new machine there is none yet.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataFolder(dataDir);
  const database = join(dataDir, databaseName);
  const unfinished = `${database}.restoring`;
  try {
    rmSync(unfinished, { force: true });
    createPrivateFile(unfinished);
    const files = await unpack(file, unfinished);
    const suffix = `before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
    const before = setAside(database, suffix);
    for (const part of ['-wal', '-shm']) setAside(database + part, suffix);
    renameSync(unfinished, database);
    const key = files.get(keyFileName);
    if (key !== undefined) {
      setAside(join(dataDir, keyFileName), suffix);
      writePrivateFile(join(dataDir, keyFileName), key);
    }
    const config = files.get(configName);
    const configWritten = config !== undefined && !existsSync(configFile);
    if (configWritten) writePrivateFile(configFile, config);
    return { before, configWritten };
  } finally {
    rmSync(unfinished, { force: true });
    unlock();
  }
}

async function unpack(file: string, target: string): Promise<Map<string, Buffer>> {
  try {
    const source = openSqliteFile(file);
    try {
      await source.copyTo(target);
    } finally {
      source.close();
    }
    const copy = openSqliteFile(target);
    try {
      refuseDamage(copy, file);
      const newest = migrations.at(-1)?.version ?? 0;
      if (copy.userVersion() > newest) throw new BackupError(`${file} was made by a newer release.`);
      const rows = copy.all('SELECT name, content FROM backup_files', []) as {
        name: string;
        content: Buffer;
      }[];
      copy.execute('DROP TABLE backup_files; VACUUM');
      return new Map(rows.map(({ name, content }) => [name, content]));
    } finally {
      copy.close();
    }
  } catch (cause) {
    throw cause instanceof BackupError
      ? cause
      : new BackupError(`${file} is no backup of Maskwatch.`, { cause });
  }
}

function addFile(copy: SqliteFile, name: string, path: string): void {
  if (existsSync(path)) copy.run('INSERT INTO backup_files VALUES (?, ?)', [name, readFileSync(path)]);
}

function refuseDamage(file: SqliteFile, path: string): void {
  const damage = file.quickCheck();
  if (damage !== undefined) throw new BackupError(`${path} is damaged: ${damage}`);
}

function setAside(path: string, suffix: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const target = `${path}.${suffix}`;
  renameSync(path, target);
  return target;
}
