import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keyFileName } from '../secrets/secret-key.js';
import { lockDataFolder } from '../storage/data-folder-lock.js';
import { migrations } from '../storage/migrate.js';
import { createPrivateFile, writePrivateFile } from '../storage/private-file.js';
import { openSqliteFile, type SqliteFile } from '../storage/sqlite-file.js';
import { modelFiles, restoreModels } from './model-files.js';

/** A backup cannot be made or used; the message says why. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code = 'bad-backup';
}

const databaseName = 'maskwatch.db';
const configName = 'config.yaml';

/** What a backup holds. */
export interface MadeBackup {
  /** False where the key of stored passwords is no file of the data folder: it comes from the environment then. */
  readonly key: boolean;
  readonly config: boolean;
  /** Files of installed classifiers. */
  readonly modelFiles: number;
  /** Installed classifiers that are too large for it. */
  readonly modelsLeftOut: readonly string[];
}

/**
 * Writes one file with the whole database, the configuration, the key of stored passwords and the installed classifiers, mode
 * 0600, while a server may run. It is an SQLite database itself, and is checked before it gets its name.
 *
 * @param configFile included where it exists
 * @throws BackupError, or the error of a file that cannot be used
 */
export async function makeBackup(dataDir: string, configFile: string, target: string): Promise<MadeBackup> {
  const database = join(dataDir, databaseName);
  refuseMissing(database, `There is no database in ${dataDir}.`);
  if (existsSync(target)) throw new BackupError(`${target} exists already.`);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  createPrivateFile(unfinished);
  try {
    let made: MadeBackup;
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
      const { files, leftOut } = modelFiles(dataDir);
      made = {
        config: addFile(copy, configName, configFile),
        key: addFile(copy, keyFileName, join(dataDir, keyFileName)),
        modelFiles: files.filter(({ name, path }) => addFile(copy, name, path)).length,
        modelsLeftOut: leftOut,
      };
      refuseDamage(copy, unfinished);
    } finally {
      copy.close();
    }
    renameSync(unfinished, target);
    return made;
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
  /** False where the backup has no key of stored passwords. */
  readonly keyWritten: boolean;
  /** Names of the classifiers that were installed. */
  readonly models: readonly string[];
}

/**
 * Puts a backup in place of a data folder's database, key and installed classifiers. What was there before is set aside; a
 * configuration that exists is left alone.
 *
 * @param now epoch milliseconds, for the name of what is set aside
 * @throws BackupError, DataFolderTakenError while a server runs, or the error of a file that cannot be used
 */
export async function restoreBackup(
  file: string,
  dataDir: string,
  configFile: string,
  now: number,
): Promise<Restored> {
  refuseMissing(file, `There is no ${file}.`);
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
    const models = restoreModels(dataDir, files, suffix);
    return { before, configWritten, keyWritten: key !== undefined, models };
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

/** Whether the file was there. */
function addFile(copy: SqliteFile, name: string, path: string): boolean {
  if (!existsSync(path)) return false;
  copy.run('INSERT INTO backup_files VALUES (?, ?)', [name, readFileSync(path)]);
  return true;
}

/** A file that may not be read is another matter than one that is not there. */
function refuseMissing(path: string, message: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw missing ? new BackupError(message) : error;
  }
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
