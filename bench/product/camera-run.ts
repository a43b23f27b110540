import { setTimeout } from 'node:timers/promises';
import type { DropReason, Health } from '../../server/http/api.js';
import { dropReasons } from '../../server/analysis/messages.js';
import { monotonicMs } from '../../streams/clock.js';
import type { ResultTable } from '../benchmark.js';
import { fairness } from '../measure/fit.js';
import { sentTimestamp, timestampOffset } from '../measure/match-timestamps.js';
import type { Role, RoleUse } from '../measure/process-family.js';
import { ProcessFamily, processorSeconds, roundedUse } from '../measure/process-family.js';
import { selfTimes } from '../measure/self-times.js';
import type { Percentiles, Spread } from '../measure/spread.js';
import { percentilesOf, rounded, spreadOf } from '../measure/spread.js';
import type { ViewerCounts } from '../viewers/viewer-farm-main.js';
import { ViewerFarm } from '../viewers/viewer-farm.js';
import type { CameraKind, SentBy } from './camera-farm.js';
import { FrameWatch, type SeenFrame } from './frame-watch.js';
import { type LoopDelay, roundedDelay } from './product.js';
import { type WatchedCameras, withCameras } from './with-cameras.js';

/** What is run. */
export interface CameraRunOptions {
  readonly kind: CameraKind;
  readonly cameras: number;
  /** Seconds after the first frame of the last camera before the measurement begins. */
  readonly settleSeconds: number;
  readonly measureSeconds: number;
  /** People who watch meanwhile, spread over the cameras. Default none. */
  readonly viewers?: number;
  /** Also sample, after the measurement, what the serving process does. Default false. */
  readonly profiled?: boolean;
}

/** What N cameras cost and how quick they were. */
export interface CameraRunFigures {
  readonly kind: CameraKind;
  readonly cameras: number;
  readonly measuredSeconds: number;
  /** Analysed frames a second of one camera; the spread is over the cameras. */
  readonly fpsPerCamera: Spread;
  /** Jain's index over these rates: 1 where every camera has the same. */
  readonly fairness: number;
  /** From a frame's first packet at the server to the sending of its event, as the server says, in milliseconds. */
  readonly latencyMs: Percentiles;
  /** 95th percentile of the same in each quarter of the measurement. */
  readonly latencyP95Ms: Spread;
  /** From the camera's sending of a picture to the event's arrival at a client, in milliseconds. */
  readonly cameraToClientMs: Percentiles;
  readonly loopDelayMs: LoopDelay;
  readonly processes: Partial<Record<Role, RoleUse>>;
  /** Processor seconds a second that the cameras and this client used, which are not the product's. */
  readonly benchCores: number;
  /** Access units that were not analysed, a second, over all cameras. */
  readonly dropsPerSecond: Readonly<Record<DropReason, number>>;
  readonly lost: number;
  /** Whether `received = processed + dropped + lost + waiting` held for each camera. */
  readonly balanced: boolean;
  /** What the viewers got; absent where there are none. */
  readonly watched?: ViewerCounts;
  readonly profile?: ResultTable;
}

const startPatienceMs = 60_000;
const quarters = 4;
const profileMs = 3000;

/** Runs the product with real cameras and measures it. */
export function runCameras(options: CameraRunOptions): Promise<CameraRunFigures> {
  return withCameras(options.kind, options.cameras, async (watched) => {
    const viewers = await ViewerFarm.start(watched.product, watched.names);
    try {
      return await measure(options, watched, viewers);
    } finally {
      await viewers.close();
    }
  });
}

async function measure(
  options: CameraRunOptions,
  { farm, product }: WatchedCameras,
  viewers: ViewerFarm,
): Promise<CameraRunFigures> {
  const { kind, cameras, settleSeconds, measureSeconds } = options;
  const watch = await FrameWatch.open(product.url);
  try {
    const end = monotonicMs() + startPatienceMs;
    while (watch.cameras.size < cameras) {
      if (monotonicMs() > end) throw new Error(`only ${watch.cameras.size} of ${cameras} cameras came up`);
      await setTimeout(200);
    }
    await viewers.grow(options.viewers ?? 0);
    await setTimeout(settleSeconds * 1000);

    const family = new ProcessFamily(product.pid);
    const benchSeconds = () =>
      [farm.pid, viewers.pid, process.pid].reduce((sum, pid) => sum + processorSeconds(pid), 0);
    await viewers.counts();
    await family.begin();
    const before = await product.health();
    const benchBefore = benchSeconds();
    product.beginLoop();
    watch.take();
    const startMs = monotonicMs();
    const parts: SeenFrame[][] = [];
    for (let quarter = 0; quarter < quarters; quarter++) {
      await setTimeout((measureSeconds * 1000) / quarters);
      parts.push(watch.take());
    }
    const seconds = (monotonicMs() - startMs) / 1000;
    const seen = parts.flat();
    const loopDelayMs = await product.endLoop();
    const processes = await family.end(seconds);
    const after = await product.health();
    const watched = await viewers.counts();
    const benchCores = rounded((benchSeconds() - benchBefore) / seconds, 2);
    const rates = after.cameras.map(({ id }) => framesOf(seen, id) / seconds);
    return {
      kind,
      cameras,
      measuredSeconds: rounded(seconds),
      fpsPerCamera: spreadOf(rates),
      fairness: rounded(fairness(rates), 3),
      latencyMs: percentilesOf(seen.map(({ latencyMs }) => latencyMs)),
      latencyP95Ms: spreadOf(parts.map((part) => percentilesOf(part.map(({ latencyMs }) => latencyMs)).p95)),
      cameraToClientMs: percentilesOf(fromCamera(seen, await farm.sent())),
      loopDelayMs: roundedDelay(loopDelayMs),
      processes: roundedUses(processes),
      benchCores,
      dropsPerSecond: dropRates(before, after, seconds),
      lost: after.cameras.reduce((sum, { frames }) => sum + frames.lost, 0),
      balanced: after.cameras.every(({ frames }) => isBalanced(frames)),
      ...(watched.viewers > 0 ? { watched } : {}),
      ...(options.profiled === true ? { profile: selfTimes(await product.profile(profileMs)) } : {}),
    };
  } finally {
    watch.close();
  }
}

function framesOf(seen: readonly SeenFrame[], cameraId: string): number {
  return seen.filter((frame) => frame.cameraId === cameraId).length;
}

/** From each picture's sending by its camera to the arrival of its event, where the picture can be told. */
function fromCamera(seen: readonly SeenFrame[], sent: readonly SentBy[]): number[] {
  return sent.flatMap(({ camera, pictures }) => {
    const frames = seen.filter(({ cameraId }) => cameraId === camera);
    const sentAtMs = new Map(pictures.map(({ timestamp, atMs }) => [timestamp, atMs]));
    const offset = timestampOffset(
      [...sentAtMs.keys()],
      frames.map(({ rtpTimestamp }) => rtpTimestamp),
    );
    if (offset === undefined) return [];
    return frames.flatMap(({ rtpTimestamp, atMs }) => {
      const sentMs = sentAtMs.get(sentTimestamp(rtpTimestamp, offset));
      return sentMs === undefined ? [] : [atMs - sentMs];
    });
  });
}

type Frames = Health['cameras'][number]['frames'];

function isBalanced({ received, processed, dropped, lost, waiting }: Frames): boolean {
  const drops = dropReasons.reduce((sum, reason) => sum + dropped[reason], 0);
  return received === processed + drops + lost + waiting && waiting >= 0;
}

function dropRates(before: Health, after: Health, seconds: number): Record<DropReason, number> {
  const total = ({ cameras }: Health, reason: DropReason): number =>
    cameras.reduce((sum, { frames }) => sum + frames.dropped[reason], 0);
  return Object.fromEntries(
    dropReasons.map((reason) => [reason, rounded((total(after, reason) - total(before, reason)) / seconds)]),
  ) as Record<DropReason, number>;
}

function roundedUses(uses: Partial<Record<Role, RoleUse>>): Partial<Record<Role, RoleUse>> {
  return Object.fromEntries(Object.entries(uses).map(([role, use]) => [role, roundedUse(use)]));
}
