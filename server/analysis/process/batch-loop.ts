import { setImmediate, setTimeout } from 'node:timers/promises';
import { monotonicMs } from '../../../streams/clock.js';
import type { DecodedFrame } from '../../../streams/decode/decoder.js';
import type { TracksMessage } from '../messages.js';
import type { BatchResult } from './analyse-batch.js';
import { BatchSize } from './batch-size.js';
import type { CameraPipeline } from './camera-pipeline.js';

/** What the loop is made from. */
export interface BatchLoopParts {
  /** The cameras as they are now. */
  readonly cameras: () => Iterable<CameraPipeline>;
  readonly analyse: (frames: readonly DecodedFrame[]) => Promise<BatchResult>;
  readonly onTracks: (message: TracksMessage) => void;
  /** The models failed on a frame of this camera. */
  readonly onError: (cameraId: string, reason: string) => void;
}

interface Taken {
  readonly camera: CameraPipeline;
  readonly frame: DecodedFrame;
}

/**
 * Part of a batch's time that is spent afterwards on messages, pings and pipes, and its limit in milliseconds: the models hold
 * the thread, so all that waited meanwhile must get its turn.
 */
const breathingPart = 0.1;
const breathingMs = 8;

/** Takes the newest frames of all cameras, batch by batch, and hands them to the models. One batch at a time. */
export class BatchLoop {
  readonly #parts: BatchLoopParts;
  readonly #size = new BatchSize();
  #served = 0;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(parts: BatchLoopParts) {
    this.#parts = parts;
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
      const startMs = monotonicMs();
      await this.#run(batch);
      const tookMs = monotonicMs() - startMs;
      this.#size.measured(batch.length, tookMs);
      await setTimeout(Math.min(breathingMs, tookMs * breathingPart));
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
      const { faces, detectMs, classifyMs } = await this.#parts.analyse(batch.map(({ frame }) => frame));
      batch.forEach(({ camera, frame }, n) => {
        const message = camera.finish(frame, faces[n] ?? [], { detectMs, classifyMs });
        if (message !== undefined) this.#parts.onTracks(message);
      });
    } catch (error) {
      const [only] = batch;
      if (batch.length > 1 || only === undefined) {
        // One bad frame must not cost the others theirs.
        for (const taken of batch) await this.#run([taken]);
        return;
      }
      only.camera.fail();
      this.#parts.onError(
        only.camera.camera.cameraId,
        error instanceof Error ? error.message : String(error),
      );
    }
  }
}

/** Cameras with a frame, those served longest ago first. */
export function nextCameras(cameras: Iterable<CameraPipeline>, limit: number): CameraPipeline[] {
  return [...cameras]
    .filter((camera) => camera.hasFrame)
    .sort((a, b) => a.lastServed - b.lastServed)
    .slice(0, limit);
}
