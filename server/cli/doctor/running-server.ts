import type { CameraList, Health } from '../../http/api.js';
import { controlPath } from '../../http/control-listener.js';
import { DataFolderTakenError } from '../../storage/storage-errors.js';
import { lockDataFolder } from '../../storage/data-folder-lock.js';
import { getPlainly } from '../ask-server.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

/** What a server that uses the data folder says of itself. */
export interface RunningServer {
  readonly health: Health;
  readonly cameras: CameraList['cameras'];
  /** Text format of Prometheus. */
  readonly metrics: string;
  /** What it thinks the time is, and when it was asked; epoch milliseconds. */
  readonly time: { readonly says: number; readonly askedAt: number } | undefined;
}

/** A server answers in milliseconds, or it hangs. */
const patienceMs = 5000;

/**
 * What there is to say of a server: itself; `silent` where one uses the data folder and does not answer, `hidden` where the folder is
 * of somebody else, undefined where none runs.
 */
export type ServerAnswer = RunningServer | 'silent' | 'hidden' | undefined;

/** Asks the server that uses a data folder. */
export async function askRunningServer(dataDir: string): Promise<ServerAnswer> {
  const get = (path: string) => getPlainly({ socketPath: controlPath(dataDir) }, path, patienceMs);
  try {
    const askedAt = Date.now();
    const [health, cameras, metrics] = await Promise.all(
      ['/api/health', '/api/cameras', '/metrics'].map(get),
    );
    if (health === undefined || cameras === undefined || metrics === undefined) return 'silent';
    return {
      health: JSON.parse(health.text) as Health,
      cameras: (JSON.parse(cameras.text) as CameraList).cameras,
      metrics: metrics.text,
      time: health.date === undefined ? undefined : { says: health.date, askedAt },
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return 'hidden';
    // No socket, nobody behind it, or nonsense: the lock tells whether there should be somebody.
    return isTaken(dataDir) ? 'silent' : undefined;
  }
}

function isTaken(dataDir: string): boolean {
  // Where there is no lock nobody ever took the folder, and none must be made.
  if (!existsSync(join(dataDir, 'maskwatch.lock'))) return false;
  try {
    lockDataFolder(dataDir)();
    return false;
  } catch (error) {
    // A lock that is not ours to open says nothing.
    return error instanceof DataFolderTakenError;
  }
}

/** How the server is that runs on the data folder. @param version of this program */
export function serverFinding(running: ServerAnswer, version: string): Finding {
  const name = 'server';
  if (running === undefined) return fine(name, 'not running');
  if (running === 'hidden') {
    const remedy = 'run this as the user of the server, for example: sudo -u maskwatch maskwatch doctor';
    return { name, state: 'warning', detail: 'the data folder is of another user', remedy };
  }
  if (running === 'silent') {
    const remedy = 'look into its log; where it hangs, restart it: systemctl restart maskwatch';
    return { name, state: 'failed', detail: 'uses the data folder, but does not answer', remedy };
  }
  const { health } = running;
  const since = `runs for ${Math.round(health.uptimeSeconds / 60)} min, version ${health.version}`;
  if (health.status !== 'ok') {
    const remedy = 'see what each says, and its log';
    return { name, state: 'warning', detail: `${since}: ${health.problems.join(' ')}`, remedy };
  }
  if (health.version !== version) {
    const remedy = 'restart it, so that the installed version runs';
    return { name, state: 'warning', detail: `${since}, but ${version} is installed`, remedy };
  }
  return fine(name, since);
}
