import type { BenchContext, Benchmark, Findings } from './benchmark.js';
import { growthExponent, lineThrough, type LineFit, type Point } from './measure/fit.js';
import { rounded } from './measure/spread.js';
import { runCameras } from './product/camera-run.js';
import { HelperProcess } from './product/helper-process.js';
import { untilLive } from './product/product.js';
import { withCameras } from './product/with-cameras.js';
import type { LinePlot } from './report/line-plot.js';
import { atMost } from './report/target.js';
import { ViewerFarm } from './viewers/viewer-farm.js';

const kind = { width: 640, height: 360, fps: 15 };
/** Above 1 by no more than what single measurements scatter. */
const linear = 1.1;

/** How one cost follows one number. */
interface Growth {
  readonly name: string;
  readonly x: string;
  readonly y: string;
  /** The first one is the base: the fewest. */
  readonly points: readonly Point[];
  readonly fit: LineFit;
  readonly exponent: number;
}

/** Whether twice as much costs at most twice as much. */
export const growth: Benchmark = {
  name: 'growth',
  title: 'Cost against cameras, faces in a frame, and viewers: a line through it, and how steeply it grows.',
  limitSeconds: 300,
  async run(context) {
    return findings([await byFaces(context), await byCameras(context), await byViewers(context)]);
  },
};

async function byFaces({ quick, progress }: BenchContext): Promise<Growth> {
  progress('faces in a frame');
  const helper = new HelperProcess('../growth/faces-main.ts', [String(quick ? 3 : 25)], 0);
  try {
    const points = await helper.next<Point[]>();
    return grown('faces', 'faces in a frame', 'ms a frame (one core)', points);
  } finally {
    await helper.close();
  }
}

/** All processes of the product together, below the number at which the processor is full: beyond it, nothing can grow. */
async function byCameras({ quick, progress }: BenchContext): Promise<Growth> {
  const points: Point[] = [];
  for (const cameras of quick ? [1, 2] : [1, 2, 4, 8]) {
    progress(`${cameras} cameras`);
    const { processes, fpsPerCamera } = await runCameras({
      kind,
      cameras,
      settleSeconds: quick ? 1 : 3,
      measureSeconds: quick ? 3 : 6,
    });
    const cores = Object.values(processes).reduce((sum, use) => sum + use.cores, 0);
    // What is asked for is 10 fps; where a little less was analysed, the cost is that of 10.
    points.push([cameras, rounded((cores * 10) / Math.max(1, fpsPerCamera.median), 3)]);
  }
  return grown('cameras', 'cameras of 640x360 at 15 fps', 'cores, at 10 analysed fps a camera', points);
}

function byViewers({ quick, progress }: BenchContext): Promise<Growth> {
  return withCameras(kind, 1, async ({ product, names }) => {
    const people = await ViewerFarm.start(product, names);
    try {
      await untilLive(product);
      const points: Point[] = [];
      for (const count of quick ? [0, 2, 4] : [0, 10, 20, 40]) {
        progress(`${count} viewers`);
        await people.grow(count);
        const { serving } = await people.measure(quick ? 3 : 6);
        points.push([count, serving?.cores ?? 0]);
      }
      return grown('viewers', 'viewers of one camera', 'cores of the serving process', points);
    } finally {
      await people.close();
    }
  });
}

function grown(name: string, x: string, y: string, points: readonly Point[]): Growth {
  return { name, x, y, points, fit: lineThrough(points), exponent: growthExponent(points) };
}

function findings(growths: readonly Growth[]): Findings {
  return {
    figures: { growths },
    table: {
      head: ['cost of', 'measured at', 'cost', 'line', 'explained (R²)', 'exponent'],
      rows: growths.map(({ x, y, points, fit, exponent }) => [
        `${x}: ${y}`,
        points.map(([at]) => rounded(at)).join(', '),
        points.map(([, cost]) => rounded(cost, 2)).join(', '),
        `${rounded(fit.intercept, 3)} + ${rounded(fit.slope, 4)} for each`,
        String(rounded(fit.r2, 3)),
        String(exponent),
      ]),
    },
    notes: [
      'line: by least squares. exponent e: the cost above that of the fewest grows as (number above the fewest)^e; 1 is linear, less is better.',
      'Cameras are measured below the number that fills the processor: beyond it the rate falls instead (see `cameras`).',
    ],
    targets: growths.map(({ name, exponent }) =>
      atMost(`growth-${name}`, linear, exponent, '(exponent; 1 is linear)'),
    ),
    plots: Object.fromEntries(growths.map((one) => [`growth-${one.name}`, plotOf(one)])),
  };
}

function plotOf({ name, x, y, points, fit, exponent }: Growth): LinePlot {
  return {
    title: `Cost against ${name}`,
    x,
    y,
    series: [{ name: `measured, and a line through it (exponent ${exponent})`, points, line: fit }],
  };
}
