import { parentPort, workerData } from 'node:worker_threads';
import { PatchStore } from '../data/patch-store.js';
import { makeBatch } from './batch-plan.js';
import type { BatchPlan } from './batch-plan.js';

/** A worker thread that makes the batch of each step it is asked for. Pixels are handed over, not copied. */
const plan = workerData as BatchPlan;
const store = PatchStore.open(plan.store);
parentPort?.on('message', (step: number) => {
  const batch = makeBatch(plan, (at) => store.read(at), step);
  parentPort?.postMessage(batch, [batch.pixels.buffer as ArrayBuffer, batch.outputs.buffer as ArrayBuffer]);
});
