import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

const run = promisify(execFile);

/** Everything that tells the time, in epoch milliseconds where nothing else is said. */
export interface ClockReading {
  /** How far the wall clock and the monotonic one ran apart meanwhile, in milliseconds. */
  readonly drift: number;
  /** Wall clock around the writing of a file, and the time that the file system gave it. */
  readonly file: { readonly before: number; readonly stamp: number; readonly after: number };
  /** The newest thing in the database; undefined where there is nothing. */
  readonly newest: number | undefined;
  /** What the running server thinks, when asked at `askedAt`; undefined where none answers. */
  readonly server: { readonly says: number; readonly askedAt: number } | undefined;
  /** Whether the machine sets its clock by others; undefined where nobody says. */
  readonly synchronised: boolean | undefined;
  readonly zone: string;
}

const mostDriftMs = 500;
const mostFileGapMs = 2000;
/** The header has whole seconds. */
const mostServerGapMs = 3000;
const mostFutureMs = 60_000;

/** Judges the clock: counts, sessions and certificates all go by it. */
export function judgeClock({ drift, file, newest, server, synchronised, zone }: ClockReading): Finding {
  const name = 'clock';
  const bad = (detail: string, remedy: string): Finding => ({ name, state: 'warning', detail, remedy });
  const sync = 'set the clock and keep it set: sudo timedatectl set-ntp true';
  if (Math.abs(drift) > mostDriftMs) {
    return bad(`jumped by ${seconds(drift)} while it was looked at`, sync);
  }
  const ahead = file.stamp - file.after;
  const behind = file.before - file.stamp;
  if (Math.max(ahead, behind) > mostFileGapMs) {
    const gap = seconds(ahead > 0 ? ahead : -behind);
    return bad(`the file system is ${gap} off`, 'set the clock of the machine that holds the file system');
  }
  const now = file.after;
  if (newest !== undefined && newest - now > mostFutureMs) {
    return bad(
      `the database has things of ${seconds(newest - now)} in the future: the clock went back`,
      sync,
    );
  }
  if (server !== undefined && Math.abs(server.says - server.askedAt) > mostServerGapMs) {
    return bad(`the running server is ${seconds(server.says - server.askedAt)} off`, sync);
  }
  if (synchronised === false) return bad(`nothing keeps it right (time zone ${zone})`, sync);
  return fine(name, `${synchronised === true ? 'synchronised' : 'steady'}, time zone ${zone}`);
}

/** Writes a file and asks the machine whether it keeps its clock. */
export async function readClock(): Promise<Pick<ClockReading, 'file' | 'synchronised' | 'zone'>> {
  const folder = await mkdtemp(join(tmpdir(), 'maskwatch-doctor-'));
  try {
    const path = join(folder, 'clock');
    const before = Date.now();
    await writeFile(path, '');
    const { mtimeMs } = await stat(path);
    return {
      // Some file systems keep whole seconds only.
      file: { before, stamp: mtimeMs, after: Date.now() },
      synchronised: await isSynchronised(),
      zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isSynchronised(): Promise<boolean | undefined> {
  try {
    const { stdout } = await run('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
      timeout: 5000,
    });
    return { yes: true, no: false }[stdout.trim()];
  } catch {
    // No systemd here: then nobody can say.
    return undefined;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
