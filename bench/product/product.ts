import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Profiler } from 'node:inspector';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Health } from '../../server/http/api.js';
import { monotonicMs } from '../../streams/clock.js';
import { rounded } from '../measure/spread.js';
import { packageRoot } from '../../server/package-root.js';

/** How late the serving process's event loop was, in milliseconds. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The same to a tenth of a millisecond. */
export function roundedDelay({ p50, p99, max }: LoopDelay): LoopDelay {
  return { p50: rounded(p50), p99: rounded(p99), max: rounded(max) };
}

/** The built product, running as a user runs it. */
export interface Product {
  readonly url: string;
  readonly pid: number;
  health(): Promise<Health>;
  /** Begins to measure the event loop. */
  beginLoop(): void;
  /** What was measured since then. */
  endLoop(): Promise<LoopDelay>;
  /** Samples for so long what the serving process does. */
  profile(ms: number): Promise<Profiler.Profile>;
  /** Stops it and removes its data. Idempotent. */
  close(): Promise<void>;
}

const probe = pathToFileURL(fileURLToPath(new URL('loop-probe.mjs', import.meta.url))).href;
const patienceMs = 10_000;

/**
 * Starts the product on a free port.
 *
 * @param cameras addresses by id
 * @param dataDir its data, which it takes over; an empty database where absent
 * @throws when it exits before it listens; the message ends with what it said
 */
export async function startProduct(
  cameras: Readonly<Record<string, string>>,
  dataDir?: string,
): Promise<Product> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'maskwatch-bench-')));
  const child = spawn(
    process.execPath,
    [
      ...['--import', probe, join(packageRoot(), 'scripts', 'maskwatch.mjs')],
      ...['serve', '--port', '0', '--data', folder, '--no-demo', '--log-level', 'warn'],
      ...Object.entries(cameras).flatMap(([id, url]) => ['--camera', `${id}=${url}`]),
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, BENCH_LOOP_PROBE: '1' },
    },
  );
  const gone = once(child, 'exit');
  const ask = async <T>(question: string | object): Promise<T> => {
    const answer = once(child, 'message');
    child.send(question);
    const [told] = (await answer) as [T];
    return told;
  };
  const url = await listening(child);
  return {
    url,
    pid: child.pid ?? 0,
    health: async () => (await fetch(`${url}/api/health`)).json() as Promise<Health>,
    beginLoop: () => void child.send('begin'),
    endLoop: () => ask<LoopDelay>('end'),
    profile: (profileMs) => ask<Profiler.Profile>({ profileMs }),
    close: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await gone;
      clearTimeout(timer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    child.once('exit', (code) => reject(new Error(`the product exited with ${String(code)}\n${said}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/[^\s/]+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
  });
}

/** Waits until all cameras are live. @throws Error when they are not after a minute */
export async function untilLive(product: Product): Promise<void> {
  const end = monotonicMs() + 60_000;
  for (;;) {
    const { cameras } = await product.health();
    if (cameras.length > 0 && cameras.every(({ state }) => state === 'live')) return;
    if (monotonicMs() > end) throw new Error('the cameras did not come up');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
