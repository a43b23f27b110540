import { setImmediate } from 'node:timers/promises';
import { monotonicMs } from '../../../streams/clock.js';
import type { DecodedFrame } from '../../../streams/decode/decoder.js';
import type { TracksMessage } from '../messages.js';
import type { BatchResult } from './analyse-batch.js';
import { BatchSize } from './batch-size.js';
import type { CameraPipeline } from './camera-pipeline.js';
import type { FrameDemand } from './frame-demand.js';

/** What the loop is made from. */
export interface BatchLoopParts {
  /** The cameras as they are now. */
  readonly cameras: () => Iterable<CameraPipeline>;
  readonly analyse: (frames: readonly DecodedFrame[]) => Promise<BatchResult>;
  readonly onTracks: (message: TracksMessage) => void;
  /** Is told when the models work. */
  readonly demand: FrameDemand;
  /** Milliseconds that only grow; `monotonicMs` where absent. */
  readonly clock?: () => number;
  /** The models failed on a frame of this camera. */
  readonly onError: (cameraId: string, reason: string) => void;
}

interface Taken {
  readonly camera: CameraPipeline;
  readonly frame: DecodedFrame;
}

/** Takes the newest frames of all cameras, batch by batch, and hands them to the models. One batch at a time. */
export class BatchLoop {
  readonly #parts: BatchLoopParts;
  readonly #size = new BatchSize();
  readonly #clock: () => number;
  #served = 0;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(parts: BatchLoopParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? monotonicMs;
  }

  /** Starts working if it rests; to be called whenever a frame waits. */
  wake(): void {
    if (this.#closed) return;
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
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
      const startMs = this.#clock();
      const expectedMs = this.#size.expectedMs(batch.length);
      this.#parts.demand.began(startMs, expectedMs, this.#parts.cameras(), this.#size.frames);
      await this.#run(batch);
      this.#parts.demand.ended();
      this.#size.measured(batch.length, this.#clock() - startMs);
      // Newer frames that came meanwhile get their turn, also where the models need no time at all.
      await setImmediate();
    }
  }

  #take(): Taken[] {
    if (this.#closed) return [];
    return nextCameras(this.#parts.cameras(), this.#size.frames).flatMap((camera) => {
      const frame = camera.take();
      camera.lastServed = this.#served++;
      return frame === undefined ? [] : [{ camera, frame }];
    });
  }

  async #run(batch: readonly Taken[]): Promise<void> {
    try {
      const { faces, failures, detectMs, classifyMs } = await this.#parts.analyse(
        batch.map(({ frame }) => frame),
      );
      batch.forEach(({ camera, frame }, n) => {
        const failure = failures?.get(n);
        if (failure === undefined) this.#finish(camera, frame, faces[n] ?? [], { detectMs, classifyMs });
        else this.#fail(camera, failure);
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      for (const { camera } of batch) this.#fail(camera, reason);
    }
  }

  #finish(...[camera, ...result]: [CameraPipeline, ...Parameters<CameraPipeline['finish']>]): void {
    const message = camera.finish(...result);
    if (message !== undefined) this.#parts.onTracks(message);
  }

  #fail(camera: CameraPipeline, reason: string): void {
    camera.fail();
    this.#parts.onError(camera.camera.cameraId, reason);
  }
}

/** Cameras with a frame, those served longest ago first. */
export function nextCameras(cameras: Iterable<CameraPipeline>, limit: number): CameraPipeline[] {
  return [...cameras]
    .filter((camera) => camera.hasFrame)
    .sort((a, b) => a.lastServed - b.lastServed)
    .slice(0, limit);
}
