import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openDatabase } from '../../storage/open-database.js';
import type { Finding } from './finding.js';
import { fine, reasonOf } from './finding.js';

/** Less than this leaves no room for a year of counts and the caches. */
const enoughBytes = 1e9;
/** Less than this, and writes are about to be refused. */
const leastBytes = 64 * 2 ** 20;

/**
 * Whether SQLite works, tried on a new database in a temporary folder (the real one is only read), and whether the data
 * folder can be written.
 *
 * @param dataDir the data folder of the configuration; need not exist
 */
export async function dataFolderFinding(dataDir: string): Promise<Finding> {
  const name = 'data folder';
  const trial = await mkdtemp(join(tmpdir(), 'maskwatch-doctor-'));
  try {
    openDatabase(trial).close();
  } catch (error) {
    return {
      name,
      state: 'failed',
      detail: `SQLite does not work: ${reasonOf(error)}`,
      remedy: 'npm run setup',
    };
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
  const folder = await nearestFolder(resolve(dataDir));
  try {
    await access(folder, constants.W_OK);
    return fine(name, `${resolve(dataDir)} can be written, and SQLite works`);
  } catch {
    const remedy = `give this user write access to ${folder}, or choose another folder with dataDir`;
    return { name, state: 'failed', detail: `${folder} cannot be written`, remedy };
  }
}

/** Whether there is room in the file system of the data folder. */
export async function diskFinding(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestFolder(resolve(dataDir)));
  return judgeDisk(bavail * bsize);
}

/** @param free bytes */
export function judgeDisk(free: number): Finding {
  const detail = `${(free / 1e9).toFixed(1)} GB free`;
  if (free >= enoughBytes) return fine('disk', detail);
  return {
    name: 'disk',
    state: free < leastBytes ? 'failed' : 'warning',
    detail,
    remedy: 'make room, or choose another folder with dataDir',
  };
}

/** The folder itself or the nearest one above it that exists. */
async function nearestFolder(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch {
    return nearestFolder(dirname(path));
  }
}
