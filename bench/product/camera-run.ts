import { setTimeout } from 'node:timers/promises';
import type { DropReason, Health } from '../../server/http/api.js';
import { dropReasons } from '../../server/analysis/messages.js';
import { monotonicMs } from '../../streams/clock.js';
import { sentTimestamp, timestampOffset } from '../measure/match-timestamps.js';
import type { Role, RoleUse } from '../measure/process-family.js';
import { ProcessFamily, processorSeconds, roundedUse } from '../measure/process-family.js';
import type { Percentiles, Spread } from '../measure/spread.js';
import { percentilesOf, rounded, spreadOf } from '../measure/spread.js';
import type { CameraFarm, CameraKind, SentBy } from './camera-farm.js';
import { startCameraFarm } from './camera-farm.js';
import { FrameWatch, type SeenFrame } from './frame-watch.js';
import { type LoopDelay, type Product, startProduct } from './product.js';

/** What is run. */
export interface CameraRunOptions {
  readonly kind: CameraKind;
  readonly cameras: number;
  /** Seconds after the first frame of the last camera before the measurement begins. */
  readonly settleSeconds: number;
  readonly measureSeconds: number;
}

/** What N cameras cost and how quick they were. */
export interface CameraRunFigures {
  readonly kind: CameraKind;
  readonly cameras: number;
  readonly measuredSeconds: number;
  /** Analysed frames a second of one camera; the spread is over the cameras. */
  readonly fpsPerCamera: Spread;
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
}

const startPatienceMs = 60_000;
const quarters = 4;

/** Runs the product with real cameras and measures it. */
export async function runCameras(options: CameraRunOptions): Promise<CameraRunFigures> {
  const farm = await startCameraFarm(options.kind);
  try {
    const names = Array.from({ length: options.cameras }, (_, index) => `c${index + 1}`);
    const product = await startProduct(Object.fromEntries(names.map((name) => [name, farm.url(name)])));
    try {
      return await measure(options, farm, product);
    } finally {
      await product.close();
    }
  } finally {
    await farm.close();
  }
}

async function measure(
  options: CameraRunOptions,
  farm: CameraFarm,
  product: Product,
): Promise<CameraRunFigures> {
  const { kind, cameras, settleSeconds, measureSeconds } = options;
  const watch = await FrameWatch.open(product.url);
  try {
    const end = monotonicMs() + startPatienceMs;
    while (watch.cameras.size < cameras) {
      if (monotonicMs() > end) throw new Error(`only ${watch.cameras.size} of ${cameras} cameras came up`);
      await setTimeout(200);
    }
    await setTimeout(settleSeconds * 1000);

    const family = new ProcessFamily(product.pid);
    const benchSeconds = () => processorSeconds(farm.pid) + processorSeconds(process.pid);
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
    const loopDelayMs = await product.endLoop();
    const processes = await family.end(seconds);
    const after = await product.health();
    const seen = parts.flat();
    return {
      kind,
      cameras,
      measuredSeconds: rounded(seconds),
      fpsPerCamera: spreadOf(after.cameras.map(({ id }) => framesOf(seen, id) / seconds)),
      latencyMs: percentilesOf(seen.map(({ latencyMs }) => latencyMs)),
      latencyP95Ms: spreadOf(parts.map((part) => percentilesOf(part.map(({ latencyMs }) => latencyMs)).p95)),
      cameraToClientMs: percentilesOf(fromCamera(seen, await farm.sent())),
      loopDelayMs: {
        p50: rounded(loopDelayMs.p50),
        p99: rounded(loopDelayMs.p99),
        max: rounded(loopDelayMs.max),
      },
      processes: roundedUses(processes),
      benchCores: rounded((benchSeconds() - benchBefore) / seconds, 2),
      dropsPerSecond: dropRates(before, after, seconds),
      lost: after.cameras.reduce((sum, { frames }) => sum + frames.lost, 0),
      balanced: after.cameras.every(({ frames }) => isBalanced(frames)),
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
