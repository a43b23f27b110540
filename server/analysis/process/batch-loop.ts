import { setImmediate, setTimeout } from 'node:timers/promises';
import { monotonicMs } from '../../../streams/clock.js';
import type { DecodedFrame } from '../../../streams/decode/decoder.js';
import type { TracksMessage } from '../messages.js';
import type { BatchResult, KnownFaces } from './analyse-batch.js';
import type { CameraPipeline, TakenFrame } from './camera-pipeline.js';
import { CostModel } from './cost-model.js';
import { shareFrames, Turns } from './frame-budget.js';

/** What the loop is made from. */
export interface BatchLoopParts {
  /** The cameras as they are now. */
  readonly cameras: () => Iterable<CameraPipeline>;
  readonly analyse: (frames: readonly DecodedFrame[], known: KnownFaces) => Promise<BatchResult>;
  readonly onTracks: (message: TracksMessage) => void;
  /** Milliseconds that only grow; `monotonicMs` where absent. */
  readonly clock?: () => number;
  /** Resolves after so many milliseconds of that clock; `setTimeout` where absent. */
  readonly pause?: (ms: number) => Promise<unknown>;
  /** The models failed on a frame of this camera. */
  readonly onError: (cameraId: string, reason: string) => void;
}

interface Taken extends TakenFrame {
  readonly camera: CameraPipeline;
}

/** Between two sharings out of the models' time, in milliseconds. */
const shareEveryMs = 250;
/** Part that the newest gap has in the running mean of the time between two frames. */
const newestPart = 0.1;

/**
 * Takes the newest frames of all cameras, batch by batch, and hands them to the models; one batch at a time. From what batches
 * cost it chooses their size, whether to wait for one more frame, and the rate of each camera.
 */
export class BatchLoop {
  readonly #parts: BatchLoopParts;
  readonly #cost = new CostModel();
  readonly #turns = new Turns();
  readonly #clock: () => number;
  readonly #pause: (ms: number) => Promise<unknown>;
  #sharedMs = -Infinity;
  #wokenMs: number | undefined;
  /** Between two frames, a running mean in milliseconds. */
  #gapMs = Infinity;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(parts: BatchLoopParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? monotonicMs;
    this.#pause = parts.pause ?? setTimeout;
  }

  /** Starts working if it rests; to be called whenever a frame waits. */
  wake(): void {
    if (this.#closed) return;
    this.#measureGap();
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when the batch under way is done; no other one follows. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #work(): Promise<void> {
    await setImmediate();
    await this.#gather();
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
      const startMs = this.#clock();
      await this.#run(batch);
      this.#cost.measured(batch.length, this.#clock() - startMs);
      this.#share();
      // Newer frames that came meanwhile get their turn, also where the models need no time at all.
      await setImmediate();
      await this.#gather();
    }
  }

  /** Waits for one more frame where that is likely to come sooner than a batch of its own would take it. */
  async #gather(): Promise<void> {
    const { batchSize, fixedMs } = this.#cost;
    const waiting = this.#waiting().length;
    if (waiting > 0 && waiting < batchSize && this.#gapMs < fixedMs) await this.#pause(this.#gapMs);
  }

  #take(): Taken[] {
    if (this.#closed) return [];
    return this.#turns.next(this.#waiting(), this.#cost.batchSize).flatMap((camera) => {
      const taken = camera.take();
      camera.turn = this.#turns.paid(camera);
      return taken === undefined ? [] : [{ camera, ...taken }];
    });
  }

  #waiting(): CameraPipeline[] {
    return [...this.#parts.cameras()].filter((camera) => camera.hasFrame);
  }

  #measureGap(): void {
    const nowMs = this.#clock();
    const gapMs = nowMs - (this.#wokenMs ?? -Infinity);
    this.#wokenMs = nowMs;
    this.#gapMs = Number.isFinite(this.#gapMs) ? this.#gapMs + newestPart * (gapMs - this.#gapMs) : gapMs;
  }

  #share(): void {
    const nowMs = this.#clock();
    if (nowMs - this.#sharedMs < shareEveryMs) return;
    this.#sharedMs = nowMs;
    const cameras = [...this.#parts.cameras()];
    const rates = shareFrames(cameras);
    cameras.forEach((camera, n) => camera.grant(rates[n] ?? camera.fps));
  }

  async #run(batch: readonly Taken[]): Promise<void> {
    const startMs = this.#clock();
    try {
      const { faces, failures, detectMs, classifyMs } = await this.#parts.analyse(
        batch.map(({ frame }) => frame),
        batch.map(({ known }) => known),
      );
      const costMs = (this.#clock() - startMs) / batch.length;
      batch.forEach(({ camera, frame }, n) => {
        const failure = failures?.get(n);
        if (failure === undefined) {
          const message = camera.finish(frame, faces[n] ?? [], { detectMs, classifyMs }, costMs);
          if (message !== undefined) this.#parts.onTracks(message);
        } else this.#fail(camera, failure);
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      for (const { camera } of batch) this.#fail(camera, reason);
    }
  }

  #fail(camera: CameraPipeline, reason: string): void {
    camera.fail();
    this.#parts.onError(camera.camera.cameraId, reason);
  }
}
