import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PatchStore } from '../data/patch-store.js';
import { makeBatch } from './batch-plan.js';
import type { Batch, BatchPlan } from './batch-plan.js';
import { workerEntry } from '../../worker-entry.js';

/** Gives batches in the order of their steps. */
export interface BatchSource {
  /** The batch of `step`; steps are asked for one after the other. */
  take(step: number): Promise<Batch>;
  /** Ends the threads; idempotent. */
  close(): Promise<void>;
}

/** Batches that a worker may be ahead of the training. */
const ahead = 4;

/** Makes batches on the calling thread: for tests and tiny sets. */
export function createInlineBatches(plan: BatchPlan): BatchSource {
  const store = PatchStore.open(plan.store);
  return {
    take: (step) => Promise.resolve(makeBatch(plan, (at) => store.read(at), step)),
    close: () => {
      store.close();
      return Promise.resolve();
    },
  };
}

/** Makes batches on one worker thread, a few steps ahead of the training. */
export function createThreadedBatches(plan: BatchPlan): BatchSource {
  const worker = new Worker(workerEntry(import.meta.url, 'batch-worker'), { workerData: plan });
  const ready = new Map<number, Batch>();
  let asked = -1;
  let failure: Error | null = null;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('message', (batch: Batch) => ready.set(batch.step, batch));
  worker.on('error', (error: Error) => (failure = error));

  return {
    async take(step) {
      if (asked < step) asked = step - 1;
      while (asked < step + ahead) worker.postMessage(++asked);
      for (;;) {
        const batch = ready.get(step);
        ready.delete(step);
        if (batch) return batch;
        if (failure) throw failure;
        // `once` rejects when the worker fails while it is awaited.
        await once(worker, 'message');
      }
    },
    close() {
      worker.postMessage(null);
      return exited;
    },
  };
}
