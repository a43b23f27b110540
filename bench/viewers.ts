import type { BenchContext, Benchmark, Findings, ResultTable } from './benchmark.js';
import { selfTimes } from './measure/self-times.js';
import { type CameraRunFigures, runCameras } from './product/camera-run.js';
import { type Product, untilLive } from './product/product.js';
import { withCameras } from './product/with-cameras.js';
import { atMost } from './report/target.js';
import { coresPerViewer, ViewerFarm, type ViewerFigures } from './viewers/viewer-farm.js';

const watchedKind = { width: 1280, height: 720, fps: 25 };
const fullKind = { width: 640, height: 360, fps: 15 };
const full = { cameras: 24, viewers: 20 };

/** Many people who watch one camera, and some who watch a full house. */
export const viewers: Benchmark = {
  name: 'viewers',
  title:
    'WHEP viewers of one camera of 1280x720 at 25 fps: processor of the serving process, packets lost; and 20 viewers beside 24 cameras of 640x360 at 15 fps.',
  limitSeconds: 240,
  async run(context) {
    const { quick, progress } = context;
    const { done, profile } = await withCameras(watchedKind, 1, ({ product, names }) =>
      moreAndMore(product, names, context),
    );
    const house = quick ? { cameras: 4, viewers: 4 } : full;
    progress(`${house.viewers} viewers beside ${house.cameras} cameras`);
    const crowd = await runCameras({
      kind: fullKind,
      ...house,
      settleSeconds: quick ? 2 : 4,
      measureSeconds: quick ? 4 : 12,
      profiled: true,
    });
    return findings(done, crowd, house, profile);
  },
};

async function moreAndMore(
  product: Product,
  names: readonly string[],
  { quick, progress }: BenchContext,
): Promise<{ readonly done: readonly ViewerFigures[]; readonly profile: ResultTable }> {
  const people = await ViewerFarm.start(product, names);
  try {
    await untilLive(product);
    const done: ViewerFigures[] = [];
    for (const count of quick ? [0, 1, 10] : [0, 1, 10, 40, 80]) {
      progress(`${count} viewers`);
      await people.grow(count);
      done.push(await people.measure(quick ? 3 : 10));
    }
    return { done, profile: selfTimes(await product.profile(3000)) };
  } finally {
    await people.close();
  }
}

function findings(
  done: readonly ViewerFigures[],
  crowd: CameraRunFigures,
  house: typeof full,
  profile: ResultTable,
): Findings {
  const [alone] = done;
  if (alone === undefined) throw new RangeError('nothing was measured');
  const most = done.at(-1) ?? alone;
  const { serving, analysis } = crowd.processes;
  const servingMB = serving?.largestMB ?? 0;
  const lost = done.reduce((sum, run) => sum + run.lost, 0) + (crowd.watched?.lost ?? 0);
  const crowdTarget = atMost(
    `event-loop-p99-${house.cameras}-cameras-${house.viewers}-viewers`,
    10,
    crowd.loopDelayMs.p99,
    'ms',
  );
  const shown = crowdTarget.pass ? profile : crowd.profile;
  return {
    figures: {
      runs: done.map((run) => ({ ...run, coresPerViewer: coresPerViewer(alone, run) })),
      fullHouse: crowd,
    },
    table: {
      head: [
        ...['viewers', 'serving cores', 'cores a viewer', 'waiting', 'RSS', 'packets/s', 'lost'],
        ...['loop p99 (max)', 'cores of the viewers'],
      ],
      rows: [
        ...done.map((run) => [
          String(run.viewers),
          String(run.serving?.cores ?? 0),
          run.viewers === 0 ? '' : String(coresPerViewer(alone, run)),
          String(run.serving?.waiting ?? 0),
          `${run.serving?.largestMB ?? 0} MB`,
          String(run.packetsPerSecond),
          String(run.lost),
          `${run.loopDelayMs.p99} (${run.loopDelayMs.max})`,
          String(run.viewerCores),
        ]),
        [
          `${house.viewers}, with ${house.cameras} cameras`,
          String(serving?.cores ?? 0),
          '',
          String(serving?.waiting ?? 0),
          `${servingMB} MB`,
          String(Math.round((crowd.watched?.packets ?? 0) / crowd.measuredSeconds)),
          String(crowd.watched?.lost ?? 0),
          `${crowd.loopDelayMs.p99} (${crowd.loopDelayMs.max})`,
          `${crowd.benchCores} with the cameras`,
        ],
      ],
    },
    notes: [
      'The viewers run in one process on the same machine, decrypt every packet and decode none.',
      'lost: packets that never reached a viewer, by sequence number, repairs included. Loop: milliseconds by which the event loop of the serving process was late; waiting: seconds a second that it was ready and had no core, which is lateness that no code of it causes.',
      `With ${house.cameras} cameras the analysis has ${crowd.fpsPerCamera.median} fps a camera (least ${crowd.fpsPerCamera.min}) and takes ${analysis?.cores ?? 0} cores.`,
    ],
    targets: [
      atMost('packets-lost', 0, lost, 'packets'),
      atMost(`event-loop-p99-${most.viewers}-viewers`, 20, most.loopDelayMs.p99, 'ms'),
      crowdTarget,
      atMost(`memory-serving-${house.cameras}-cameras-${house.viewers}-viewers`, 250, servingMB, 'MB'),
    ],
    ...(shown === undefined ? {} : { profile: shown }),
  };
}
