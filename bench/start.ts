import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { packageRoot } from '../server/package-root.js';
import { monotonicMs } from '../streams/clock.js';
import type { Benchmark } from './benchmark.js';
import { rounded, spreadOf } from './measure/spread.js';
import { FrameWatch } from './product/frame-watch.js';
import { atMost } from './report/target.js';

/** Milliseconds since `npm start` was typed. */
interface StartTimes {
  readonly listening: number;
  readonly firstFrame: number;
  readonly firstFaces: number;
}

/** How long it takes from `npm start` to boxes. */
export const start: Benchmark = {
  name: 'start',
  title: 'From `npm start`, set up and built, to the first annotated frame of the demo camera at a client.',
  limitSeconds: 120,
  async run({ quick, progress }) {
    const done: StartTimes[] = [];
    const repeats = quick ? 1 : 5;
    while (done.length < repeats) {
      done.push(await startOnce());
      progress(`start ${done.length} of ${repeats}`);
    }
    const seconds = (of: (times: StartTimes) => number) =>
      spreadOf(
        done.map((times) => of(times) / 1000),
        2,
      );
    const rows = {
      'listening for people': seconds(({ listening }) => listening),
      'first analysed frame': seconds(({ firstFrame }) => firstFrame),
      'first frame with faces': seconds(({ firstFaces }) => firstFaces),
    };
    return {
      figures: { starts: done },
      table: {
        head: ['seconds from `npm start` to', 'median', 'spread'],
        rows: Object.entries(rows).map(([name, { min, median, max }]) => [
          name,
          String(median),
          `${min}..${max}`,
        ]),
      },
      notes: ['A fresh data folder each time, so the demo camera is there; npm itself is part of the time.'],
      targets: [atMost('first-annotated-frame', 3, rows['first frame with faces'].median, 's')],
    };
  },
};

async function startOnce(): Promise<StartTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'maskwatch-bench-'));
  const startMs = monotonicMs();
  const child = spawn('npm', ['start', '--', '--port', '0', '--data', folder], {
    cwd: packageRoot(),
    stdio: ['ignore', 'pipe', 'ignore'],
    // npm passes no signals on, so all of them are ended together.
    detached: true,
  });
  const gone = once(child, 'exit');
  try {
    const url = await addressOf(child);
    const listening = monotonicMs() - startMs;
    const watch = await FrameWatch.open(url);
    try {
      const frames: { readonly atMs: number; readonly faces: number }[] = [];
      while (!frames.some(({ faces }) => faces > 0)) {
        await setTimeout(5);
        frames.push(...watch.take());
      }
      const found = frames.find(({ faces }) => faces > 0);
      return {
        listening: rounded(listening),
        firstFrame: rounded((frames[0]?.atMs ?? NaN) - startMs),
        firstFaces: rounded((found?.atMs ?? NaN) - startMs),
      };
    } finally {
      watch.close();
    }
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new TypeError('its output is not read');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/[^\s/]+/.exec(line);
    if (found !== null) return found[0];
  }
  throw new Error('npm start ended before it listened');
}
