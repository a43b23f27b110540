import { setTimeout } from 'node:timers/promises';
import { monotonicMs } from '../streams/clock.js';
import type { Benchmark } from './benchmark.js';
import { ProcessFamily, processorSeconds, roundedUse, type RoleUse } from './measure/process-family.js';
import { rounded } from './measure/spread.js';
import { startCameraFarm } from './product/camera-farm.js';
import { HelperProcess } from './product/helper-process.js';
import { type LoopDelay, type Product, startProduct } from './product/product.js';
import { atMost } from './report/target.js';
import type { ViewerCounts } from './viewers/viewer-farm-main.js';

const kind = { width: 1280, height: 720, fps: 25 };
const counts = [0, 1, 10, 40];

/** What one number of viewers costs. */
interface ViewerFigures {
  readonly viewers: number;
  readonly serving?: RoleUse;
  readonly packetsPerSecond: number;
  readonly lost: number;
  readonly loopDelayMs: LoopDelay;
  /** Cores of the viewers themselves, which are not the product's. */
  readonly viewerCores: number;
}

/** Many people who watch one camera. */
export const viewers: Benchmark = {
  name: 'viewers',
  limitSeconds: 240,
  title: 'WHEP viewers of one camera of 1280x720 at 25 fps: processor of the serving process, packets lost.',
  async run({ quick, progress }) {
    const farm = await startCameraFarm(kind);
    try {
      const product = await startProduct({ c1: farm.url('c1') });
      try {
        await untilLive(product);
        const done: ViewerFigures[] = [];
        for (const count of quick ? counts.slice(0, 3) : counts) {
          progress(`${count} viewers`);
          done.push(await measure(product, count, quick ? 4 : 15));
        }
        return findings(done);
      } finally {
        await product.close();
      }
    } finally {
      await farm.close();
    }
  },
};

async function untilLive(product: Product): Promise<void> {
  const end = monotonicMs() + 60_000;
  while ((await product.health()).cameras[0]?.state !== 'live') {
    if (monotonicMs() > end) throw new Error('the camera did not come up');
    await setTimeout(200);
  }
}

async function measure(product: Product, count: number, seconds: number): Promise<ViewerFigures> {
  const helper = new HelperProcess('../viewers/viewer-farm-main.ts', [
    `${product.url}/whep/c1`,
    String(count),
  ]);
  try {
    await helper.next();
    // Until what is sent to each new viewer first, the pictures since the last keyframe, has gone by.
    await setTimeout(3000);
    const family = new ProcessFamily(product.pid);
    await helper.ask<ViewerCounts>('counts');
    await family.begin();
    product.beginLoop();
    const viewersBefore = processorSeconds(helper.pid);
    const startMs = monotonicMs();
    await setTimeout(seconds * 1000);
    const took = (monotonicMs() - startMs) / 1000;
    const { serving } = await family.end(took);
    const loop = await product.endLoop();
    const { packets, lost } = await helper.ask<ViewerCounts>('counts');
    return {
      viewers: count,
      ...(serving === undefined ? {} : { serving: roundedUse(serving) }),
      packetsPerSecond: Math.round(packets / took),
      lost,
      loopDelayMs: { p50: rounded(loop.p50), p99: rounded(loop.p99), max: rounded(loop.max) },
      viewerCores: rounded((processorSeconds(helper.pid) - viewersBefore) / took, 2),
    };
  } finally {
    await helper.close();
  }
}

function findings(done: readonly ViewerFigures[]): Awaited<ReturnType<Benchmark['run']>> {
  const alone = done[0]?.serving?.cores ?? 0;
  const perViewer = ({ viewers: count, serving }: ViewerFigures): number =>
    count === 0 ? 0 : ((serving?.cores ?? 0) - alone) / count;
  const most = done.at(-1);
  return {
    figures: { runs: done.map((run) => ({ ...run, coresPerViewer: rounded(perViewer(run), 4) })) },
    table: {
      head: [
        'viewers',
        'serving cores',
        'cores a viewer',
        'RSS',
        'packets/s',
        'lost',
        'loop p99',
        'cores of the viewers',
      ],
      rows: done.map((run) => [
        String(run.viewers),
        String(rounded(run.serving?.cores ?? 0, 2)),
        run.viewers === 0 ? '' : String(rounded(perViewer(run), 4)),
        `${Math.round(run.serving?.largestMB ?? 0)} MB`,
        String(run.packetsPerSecond),
        String(run.lost),
        String(run.loopDelayMs.p99),
        String(run.viewerCores),
      ]),
    },
    notes: [
      'The viewers run in one process on the same machine, decrypt every packet and decode none.',
      'lost: packets that never reached a viewer, by sequence number, repairs included.',
    ],
    targets: [
      atMost(
        'packets-lost',
        0,
        done.reduce((sum, { lost }) => sum + lost, 0),
        'packets',
      ),
      ...(most === undefined
        ? []
        : [atMost(`event-loop-p99-${most.viewers}-viewers`, 20, most.loopDelayMs.p99, 'ms')]),
    ],
  };
}
