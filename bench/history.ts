import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHistory } from '../server/ledger/history.js';
import { type BucketStore, createBucketStore } from '../server/storage/bucket-store.js';
import { type Database, openDatabase } from '../server/storage/open-database.js';
import type { Benchmark } from './benchmark.js';
import { percentileOf, rounded, spreadOf } from './measure/spread.js';
import { atMost } from './report/target.js';

const cameras = 16;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The newest minutes are kept as long as a server keeps them by default. */
const minuteDays = 35;
const targetMs = 200;

/** How long the past of a year takes to read. */
export const history: Benchmark = {
  name: 'history',
  title: `How long the history of a year of ${cameras} cameras takes to read, as the dashboard asks for it.`,
  limitSeconds: 600,
  alone: true,
  async run({ quick }) {
    const folder = await mkdtemp(join(tmpdir(), 'maskwatch-history-'));
    const database = openDatabase(folder);
    try {
      const now = Math.floor(Date.now() / 60_000) * 60_000;
      const days = quick ? 30 : 365;
      fill(database, now, days);
      const buckets = createBucketStore(database);
      const asked = [
        ['a year by the day', 'day', days * dayMs],
        ['83 days by the hour', 'hour', Math.min(days, 83) * dayMs],
        ['a week by the hour', 'hour', 7 * dayMs],
        ['33 hours by the minute', 'minute', 33 * hourMs],
      ] as const;
      const rows = asked.map(([name, bucket, ms]) => {
        const read = { from: now - ms, to: now, bucket };
        const times = Array.from({ length: 20 }, () => timeOf(buckets, read));
        return { name, ...spreadOf(times.map(({ ms: took }) => took)), rows: times[0]?.rows ?? 0, times };
      });
      const slowest = Math.max(
        ...rows.map(({ times }) =>
          percentileOf(
            times.map(({ ms }) => ms),
            0.95,
          ),
        ),
      );
      return {
        figures: {
          rows: rows.map(({ name, rows: count, min, median, max }) => ({
            name,
            rows: count,
            min,
            median,
            max,
          })),
        },
        table: {
          head: ['asked for', 'rows', 'ms (median)', 'ms (p95)'],
          rows: rows.map(({ name, rows: count, times }) => [
            name,
            String(count),
            String(
              rounded(
                percentileOf(
                  times.map(({ ms }) => ms),
                  0.5,
                ),
                2,
              ),
            ),
            String(
              rounded(
                percentileOf(
                  times.map(({ ms }) => ms),
                  0.95,
                ),
                2,
              ),
            ),
          ]),
        },
        notes: [
          `${cameras} cameras, every hour of ${days} days and every minute of ${Math.min(days, minuteDays)} watched; read and turned into JSON, 20 times each.`,
        ],
        targets: [atMost('year-of-history', targetMs, rounded(slowest), 'ms (p95 of the slowest)')],
      };
    } finally {
      database.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Writes hours for the whole time and minutes for the newest part of it, as a server would have left them. */
function fill(database: Database, now: number, days: number): void {
  const buckets = createBucketStore(database);
  const add = (at: number): void => {
    for (let camera = 0; camera < cameras; camera++) {
      const busy = (at / hourMs + camera) % 17;
      const people = { mask: Math.floor(busy * 3), no_mask: Math.floor(busy), incorrect: 1, unknown: 2 };
      buckets.add(`camera-${camera}`, at, { people, watchedMs: 60_000 });
    }
  };
  const minutesFrom = now - Math.min(days, minuteDays) * dayMs;
  for (let from = now - days * dayMs; from < now; from += dayMs) {
    // One transaction a day: a server commits several times a second, which would take hours here.
    database.transaction(() => {
      const step = from < minutesFrom ? hourMs : 60_000;
      for (let at = from; at < Math.min(now, from + dayMs); at += step) add(at);
    });
  }
}

function timeOf(
  buckets: BucketStore,
  query: Parameters<typeof readHistory>[1],
): { readonly ms: number; readonly rows: number } {
  const start = performance.now();
  const answer = readHistory(buckets, query);
  JSON.stringify(answer);
  return { ms: performance.now() - start, rows: answer.buckets.length };
}
