import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openDatabase } from '../../storage/open-database.js';
import type { Finding } from './finding.js';
import { fine, reasonOf } from './finding.js';

/** Less than this leaves no room for a year of counts and the caches. */
const enoughBytes = 1e9;

/**
 * Whether SQLite works, tried on a new database in a temporary folder (the real one is left alone: a server may be
 * using it), and whether the data folder could be written.
 *
 * @param dataDir the data folder of the configuration; need not exist
 */
export async function databaseFinding(dataDir: string): Promise<Finding> {
  const name = 'database';
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
    return fine(name, `SQLite works; data folder ${resolve(dataDir)}`);
  } catch {
    const remedy = `give this user write access to ${folder}, or choose another folder with dataDir`;
    return { name, state: 'failed', detail: `${folder} cannot be written`, remedy };
  }
}

/** Whether the server's port is free; a running Maskwatch takes it too, so a taken one is only a warning. */
export async function portFinding(host: string, port: number): Promise<Finding> {
  const name = 'port';
  const server = createServer();
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail).listen(port, host, () => {
        done();
      });
    });
    return fine(name, port === 0 ? 'any free one' : `${port} is free`);
  } catch (error) {
    const remedy = 'if it is not Maskwatch itself that runs there: npm start -- --port 8081';
    return { name, state: 'warning', detail: `${port} on ${host}: ${reasonOf(error)}`, remedy };
  } finally {
    server.close();
  }
}

/** Whether there is room in the file system of the data folder. */
export async function diskFinding(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestFolder(resolve(dataDir)));
  const free = bavail * bsize;
  const detail = `${(free / 1e9).toFixed(1)} GB free`;
  if (free >= enoughBytes) return fine('disk', detail);
  return {
    name: 'disk',
    state: 'warning',
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
