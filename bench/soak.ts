import { setTimeout } from 'node:timers/promises';
import { monotonicMs } from '../streams/clock.js';
import type { Benchmark, Findings } from './benchmark.js';
import { lineThrough, type Point } from './measure/fit.js';
import { rounded } from './measure/spread.js';
import { FrameWatch } from './product/frame-watch.js';
import { type Product, untilLive } from './product/product.js';
import { withCameras } from './product/with-cameras.js';
import { atMost } from './report/target.js';

const kind = { width: 640, height: 360, fps: 15 };
const cameraCount = 24;
const everyMs = 5000;
const minutes = 10;
/** What is filled in the first minutes (caches, the allocator's arenas) is no leak. */
const warmUpMinutes = 1;

/** What one process had at one moment. */
interface Sample {
  readonly minute: number;
  readonly rssMB: number;
  readonly tensors: number;
}

/** Whether memory grows while the machine is full. */
export const soak: Benchmark = {
  name: 'soak',
  title: `Memory of each process over ${minutes} minutes with ${cameraCount} cameras of 640x360 at 15 fps, after ${warmUpMinutes} minute of warming up.`,
  limitSeconds: (minutes + warmUpMinutes + 3) * 60,
  alone: true,
  run({ quick, progress }) {
    return withCameras(kind, quick ? 2 : cameraCount, async ({ product }) => {
      const watch = await FrameWatch.open(product.url);
      try {
        await untilLive(product);
        await setTimeout((quick ? 0.05 : warmUpMinutes) * 60_000);
        const frames = () => watch.take().length;
        return findings(await sample(product, quick ? 0.2 : minutes, progress, frames));
      } finally {
        watch.close();
      }
    });
  },
};

async function sample(
  product: Product,
  forMinutes: number,
  progress: (line: string) => void,
  frames: () => number,
): Promise<Map<string, Sample[]>> {
  const processes = new Map<string, Sample[]>();
  const note = (name: string, rssBytes: number, tensors: number, minute: number): void => {
    const samples = processes.get(name) ?? [];
    processes.set(name, samples);
    samples.push({ minute, rssMB: rssBytes / 1e6, tensors });
  };
  const startMs = monotonicMs();
  for (let minute = 0; minute < forMinutes;) {
    await setTimeout(everyMs);
    minute = (monotonicMs() - startMs) / 60_000;
    const { rssBytes, analysis } = await product.health();
    note('serving', rssBytes, 0, minute);
    for (const one of analysis) note(`analysis ${one.pid}`, one.rssBytes, one.tensors, minute);
    progress(
      `${minute.toFixed(1)} of ${forMinutes} minutes, ${Math.round(rssBytes / 1e6)} MB, ${frames()} frames`,
    );
  }
  return processes;
}

function findings(processes: ReadonlyMap<string, readonly Sample[]>): Findings {
  const judged = [...processes].map(([name, samples]) => ({
    name,
    role: name.split(' ')[0] ?? '',
    samples: samples.length,
    mostMB: Math.round(Math.max(...samples.map(({ rssMB }) => rssMB))),
    slope: rounded(lineThrough(samples.map(({ minute, rssMB }): Point => [minute, rssMB])).slope, 2),
    tensorsMore: (samples.at(-1)?.tensors ?? 0) - (samples[0]?.tensors ?? 0),
  }));
  const most = (role: string, of: (one: (typeof judged)[number]) => number): number =>
    Math.max(...judged.filter((one) => one.role === role).map(of));
  return {
    figures: { processes: judged, samples: Object.fromEntries(processes) },
    table: {
      head: ['process', 'samples', 'most MB', 'slope, MB a minute', 'tensors more at the end'],
      rows: judged.map(({ name, samples, mostMB, slope, tensorsMore }) => [
        name,
        ...[samples, mostMB, slope, tensorsMore].map(String),
      ]),
    },
    notes: [
      'Resident memory, asked of the product every five seconds; the slope is that of a line through all samples.',
    ],
    targets: [
      atMost(
        'memory-serving',
        250,
        most('serving', (one) => one.mostMB),
        'MB',
      ),
      atMost(
        'memory-analysis',
        450,
        most('analysis', (one) => one.mostMB),
        'MB for each process',
      ),
      atMost(
        'slope-serving',
        1,
        most('serving', (one) => one.slope),
        'MB a minute',
      ),
      atMost(
        'slope-analysis',
        1,
        most('analysis', (one) => one.slope),
        'MB a minute',
      ),
      atMost(
        'tensors',
        0,
        most('analysis', (one) => one.tensorsMore),
        'more than at the beginning',
      ),
    ],
    plots: {
      'soak-memory': {
        title: 'Resident memory at full load',
        x: 'minutes',
        y: 'MB',
        series: [...processes].map(([name, samples]) => {
          const points = samples.map(({ minute, rssMB }): Point => [minute, rssMB]);
          return { name, points, line: lineThrough(points) };
        }),
      },
    },
  };
}
