import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBucketStore } from '../server/storage/bucket-store.js';
import { type Database, openDatabase } from '../server/storage/open-database.js';
import { createZoneMinuteStore } from '../server/storage/zone-minute-store.js';
import type { Benchmark } from './benchmark.js';
import { percentileOf, rounded } from './measure/spread.js';
import { type Product, startProduct } from './product/product.js';
import { atMost } from './report/target.js';

const cameras = 16;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The newest minutes are kept as long as a server keeps them by default. */
const minuteDays = 35;
const targetMs = 200;
const times = 20;
/** Named to the server, so that its zones can be asked for; nothing answers there. */
const silent = { 'camera-0': 'rtsp://127.0.0.1:9/silent' };

/** How long the past of a year takes to read. */
export const history: Benchmark = {
  name: 'history',
  title: `How long the server takes to answer for the history of a year of ${cameras} cameras, asked as the dashboard asks.`,
  limitSeconds: 900,
  alone: true,
  async run({ quick, progress }) {
    const dataDir = await mkdtemp(join(tmpdir(), 'maskwatch-history-'));
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    const days = quick ? 30 : 365;
    progress(`writing ${days} days`);
    const database = openDatabase(dataDir);
    fill(database, now, days);
    database.close();
    const product = await startProduct(silent, dataDir);
    try {
      const asked = [
        ['all cameras, a year by the day', 'counts?bucket=day', days * dayMs],
        ['all cameras, 62 days by the hour (the most)', 'counts?bucket=hour', Math.min(days, 62) * dayMs],
        ['all cameras, a month by the hour', 'counts?bucket=hour', 30 * dayMs],
        ['all cameras, a week by the hour', 'counts?bucket=hour', 7 * dayMs],
        ['all cameras, a day by the minute', 'counts?bucket=minute', dayMs],
        ['zones of a camera, a year by the day', 'zones/history?camera=camera-0&bucket=day', days * dayMs],
        ['zones of a camera, a week by the hour', 'zones/history?camera=camera-0&bucket=hour', 7 * dayMs],
      ] as const;
      const rows = [];
      for (const [name, path, ms] of asked) {
        progress(name);
        rows.push({ name, ...(await timesOf(product, `${path}&from=${now - ms}&to=${now}`)) });
      }
      return {
        figures: { rows },
        table: {
          head: ['asked for', 'rows', 'ms (median)', 'ms (p95)'],
          rows: rows.map(({ name, buckets, median, p95 }) => [name, ...[buckets, median, p95].map(String)]),
        },
        notes: [
          `${cameras} cameras, each with a zone: every hour of ${days} days and every minute of the newest ${Math.min(days, minuteDays)}, all watched.`,
          `From the request to the end of the answer over HTTP, ${times} times each, one after the other.`,
        ],
        targets: [
          atMost(
            'year-of-history',
            targetMs,
            Math.max(...rows.map(({ p95 }) => p95)),
            'ms (p95 of the slowest)',
          ),
        ],
      };
    } finally {
      await product.close();
    }
  },
};

/** Writes hours for the whole time and minutes for the newest part of it, as a server would have left them. */
function fill(database: Database, now: number, days: number): void {
  const buckets = createBucketStore(database);
  const zones = createZoneMinuteStore(database);
  const add = (at: number): void => {
    for (let camera = 0; camera < cameras; camera++) {
      const cameraId = `camera-${camera}`;
      const busy = (at / hourMs + camera) % 17;
      const people = { mask: Math.floor(busy * 3), no_mask: Math.floor(busy), incorrect: 1, unknown: 2 };
      buckets.add(cameraId, at, { people, watchedMs: 60_000 });
      const stay = { occupancyMs: busy * 1000, occupancyMax: 3, dwellMs: busy * 4000, stays: 2 };
      // The whole picture is a zone of its own, without a name: a camera's occupancy is read from there.
      for (const zoneId of ['', 'entrance']) {
        const key = { cameraId, zoneId, flow: 'entered', minuteAt: at } as const;
        zones.add(key, { people, ...stay, watchedMs: 60_000 });
      }
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

/** Milliseconds from the request to the end of the answer. @throws Error when the answer is no history */
async function timesOf(
  product: Product,
  path: string,
): Promise<{ readonly buckets: number; readonly median: number; readonly p95: number }> {
  const took: number[] = [];
  let buckets = 0;
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    const answer = await fetch(`${product.url}/api/${path}`);
    const text = await answer.text();
    took.push(performance.now() - start);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    buckets = (JSON.parse(text) as { buckets: unknown[] }).buckets.length;
  }
  const at = (share: number): number => rounded(percentileOf(took, share), 1);
  return { buckets, median: at(0.5), p95: at(0.95) };
}
