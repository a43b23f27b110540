import { parentPort, workerData } from 'node:worker_threads';
import { PatchStore } from '../data/patch-store.js';
import { makeBatch } from './batch-plan.js';
import type { BatchPlan } from './batch-plan.js';

/**
 * A worker thread that makes the batch of each step it is asked for, until it is asked for `null`. Pixels are handed over,
 * not copied.
 */
const plan = workerData as BatchPlan;
const store = PatchStore.open(plan.store);
parentPort?.on('message', (step: number | null) => {
  // The end is a message and not a terminate(): that can leave a source loader's own thread behind, and a hanging process.
  if (step === null) {
    store.close();
    parentPort?.close();
    return;
  }
  const batch = makeBatch(plan, (at) => store.read(at), step);
  parentPort?.postMessage(batch, [batch.pixels.buffer as ArrayBuffer, batch.outputs.buffer as ArrayBuffer]);
});
