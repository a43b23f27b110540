import { parentPort, workerData } from 'node:worker_threads';
import { SampleMaker, type SampleSources } from './make-sample.js';
import type { BatchRequest, DetectorBatch } from './sample-source.js';

/** A worker thread that makes the pictures of each step it is asked for; pixels are handed over, not copied. */
const maker = new SampleMaker(workerData as SampleSources);
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (request: BatchRequest) => {
  last = last.then(() => answer(request));
});

async function answer({ step, count, size }: BatchRequest): Promise<void> {
  const samples = await Promise.all(
    Array.from({ length: count }, (_, index) => maker.make(step, index, size)),
  );
  const pixels = new Uint8Array(count * size * size * 3);
  samples.forEach((sample, index) => pixels.set(sample.pixels, index * size * size * 3));
  const batch: DetectorBatch = {
    step,
    count,
    size,
    pixels,
    faces: samples.map(({ faces }) => faces),
    likely: samples.map(({ likely }) => likely),
  };
  parentPort?.postMessage(batch, [pixels.buffer]);
}
