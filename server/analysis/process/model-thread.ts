import { once } from 'node:events';
import { SHARE_ENV, Worker, type Transferable } from 'node:worker_threads';
import type { Box, RgbImage } from '../../../models/image.js';
import type { AnalysisSettings, EngineFacts } from '../messages.js';
import type { BatchResult, KnownFaces } from './analyse-batch.js';
import type { Analyser } from './analyser.js';
import type { FromModels, ModelAnswers, ModelRequest, NumberedRequest } from './model-thread-messages.js';
import { ownMemory } from './own-memory.js';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The models on a thread of their own. They hold the thread they run on for as long as they compute, and what waited meanwhile
 * would be late: units on their way to a decoder, pixels out of it. So frames go to that thread, moved and not copied.
 */
export class ModelThread implements Analyser {
  readonly #worker: Worker;
  readonly #gone: Promise<unknown>;
  readonly #giveBack: (memory: ArrayBuffer) => void;
  readonly #waiting = new Map<number, Waiting>();
  #onFallback: (reason: string) => void = () => undefined;
  #nextId = 0;
  #closed = false;

  /**
   * @param entry a module that calls `serveModels`
   * @param giveBack gets the memory of frames that were analysed
   */
  constructor(entry: URL, giveBack: (memory: ArrayBuffer) => void = () => undefined) {
    this.#giveBack = giveBack;
    // The settings of TensorFlow are set by the thread that loads it, and native code reads the real environment.
    this.#worker = new Worker(entry, { env: SHARE_ENV });
    this.#gone = once(this.#worker, 'exit').catch(() => undefined);
    this.#worker.on('message', (message: FromModels) => {
      this.#receive(message);
    });
    this.#worker.on('error', (error: Error) => {
      this.#rejectAll(error);
    });
    this.#worker.on('exit', () => {
      this.#rejectAll(new Error('the thread of the models ended'));
    });
  }

  start(settings: AnalysisSettings, onFallback: (reason: string) => void): Promise<EngineFacts> {
    this.#onFallback = onFallback;
    return this.#ask({ type: 'start', settings });
  }

  analyse(frames: readonly RgbImage[], known: KnownFaces): Promise<BatchResult> {
    const bare = frames.map(({ width, height, data }) => ({ width, height, data }));
    return this.#ask(
      { type: 'analyse', frames: bare, known },
      bare.flatMap(({ data }) => ownMemory(data)),
    );
  }

  faces({ width, height, data }: RgbImage, minScore?: number): Promise<readonly Box[]> {
    return this.#ask({ type: 'faces', frame: { width, height, data }, minScore });
  }

  useClassifier(folder: string): Promise<EngineFacts> {
    return this.#ask({ type: 'classifier', folder });
  }

  tensors(): Promise<number> {
    return this.#ask({ type: 'tensors' });
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      // It may have ended already: then there is nothing to release.
      this.#ask({ type: 'close' }).catch(() => undefined);
    }
    await this.#gone;
  }

  #ask<T extends ModelRequest>(
    request: T,
    moved: readonly Transferable[] = [],
  ): Promise<ModelAnswers[T['type']]> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request } satisfies NumberedRequest, moved);
    });
  }

  #receive(message: FromModels): void {
    if ('fallback' in message) {
      this.#onFallback(message.fallback);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else {
      message.memory.forEach(this.#giveBack);
      waiting?.resolve(message.answer as never);
    }
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
