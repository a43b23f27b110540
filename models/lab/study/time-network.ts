import { createCropNetwork } from '../../classify/crop-network.js';
import { openWeights } from '../../classify/open-weights.js';
import type { Engine } from '../../engine/engine.js';
import { createRandom } from '../random.js';

const batch = 8;
const warmUp = 5;
const runs = 41;

/**
 * Times a finished network as serving runs it, from bytes to probabilities, on noise.
 *
 * @param now clock in milliseconds
 * @returns median milliseconds a face, in batches of 8
 * @throws WeightsError for a weights folder that cannot be used
 */
export async function timeNetwork(engine: Engine, folder: string, now: () => number): Promise<number> {
  const { manifest, model } = await openWeights(engine.tf, folder);
  const network = await createCropNetwork(engine, model, manifest);
  try {
    const random = createRandom(1);
    const pixels = Uint8Array.from({ length: batch * manifest.inputSize ** 2 * 3 }, () => random.below(256));
    for (let i = 0; i < warmUp; i++) network.run(pixels, batch);
    const times = Array.from({ length: runs }, () => {
      const began = now();
      network.run(pixels, batch);
      return now() - began;
    });
    return median(times) / batch;
  } finally {
    network.close();
  }
}

/** The middle value; 0 where there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
