import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { workerEntry } from '../../worker-entry.js';
import type { SampleSources } from './make-sample.js';
import type { LabelledFace } from './scene-list.js';

/** Which pictures are wanted. */
export interface BatchRequest {
  readonly step: number;
  readonly count: number;
  /** Side of each picture in pixels. */
  readonly size: number;
}

/** The pictures of one step. */
export interface DetectorBatch extends BatchRequest {
  /** rgb24, `count` pictures one after the other. */
  readonly pixels: Uint8Array;
  /** Labelled faces of each picture, in its pixels. */
  readonly faces: readonly (readonly LabelledFace[])[];
  /** Places where a face should be, without a label of its own. */
  readonly likely: readonly (readonly LabelledFace[])[];
}

/** Batches that the worker may be ahead of the training. */
const ahead = 4;

/** Makes batches on a worker thread, a few steps ahead. */
export class SampleSource {
  readonly #worker: Worker;
  readonly #shape: (step: number) => Omit<BatchRequest, 'step'>;
  readonly #ready = new Map<number, DetectorBatch>();
  #asked: number;
  #failure: Error | undefined;

  /** @param shape batch size and picture size of each step */
  constructor(
    sources: SampleSources,
    firstStep: number,
    shape: (step: number) => Omit<BatchRequest, 'step'>,
  ) {
    this.#shape = shape;
    this.#asked = firstStep - 1;
    this.#worker = new Worker(workerEntry(import.meta.url, 'sample-worker'), { workerData: sources });
    this.#worker.on('message', (batch: DetectorBatch) => this.#ready.set(batch.step, batch));
    this.#worker.on('error', (error: Error) => (this.#failure = error));
  }

  /** The batch of `step`; steps are asked for one after the other. Rejects when the worker failed. */
  async take(step: number): Promise<DetectorBatch> {
    while (this.#asked < step + ahead) {
      this.#asked++;
      this.#worker.postMessage({ step: this.#asked, ...this.#shape(this.#asked) } satisfies BatchRequest);
    }
    for (;;) {
      const batch = this.#ready.get(step);
      this.#ready.delete(step);
      if (batch !== undefined) return batch;
      if (this.#failure !== undefined) throw this.#failure;
      await once(this.#worker, 'message');
    }
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
