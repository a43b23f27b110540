import type { LayersModel, Tensor2D } from '@tensorflow/tfjs';
import type { Manifest } from '../../classify/manifest.js';
import type { Tf } from '../../engine/engine.js';
import type { PatchStore } from '../data/patch-store.js';
import { cutCrop } from './batch-plan.js';
import { networkInput } from './network-input.js';
import { everyProbability } from './single-output.js';

/** How crops are made for a prediction. */
export interface PredictOptions {
  readonly size: number;
  readonly margin: number;
  readonly normalisation: Manifest['normalisation'];
}

const chunk = 64;

/** Predicts stored faces as serving would crop them; one row of probabilities a face, in the order given. */
export async function predictPatches(
  tf: Tf,
  model: LayersModel,
  store: PatchStore,
  patches: readonly number[],
  options: PredictOptions,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (const pixels of servedCrops(store, patches, options)) {
    const output = tf.tidy(() => {
      const input = networkInput(tf, pixels, options.size, options.normalisation);
      return everyProbability(model.apply(input, { training: false }) as Tensor2D);
    });
    const values = (await output.data()) as Float32Array;
    const width = output.shape[1];
    output.dispose();
    rows.push(...rowsOf(values, width));
  }
  return rows;
}

/** Crops of stored faces as serving makes them, some dozens at a time: rgb24 squares, one after another. */
export function* servedCrops(
  store: PatchStore,
  patches: readonly number[],
  { size, margin }: Pick<PredictOptions, 'size' | 'margin'>,
): Generator<Uint8Array> {
  const bytes = size * size * 3;
  for (let start = 0; start < patches.length; start += chunk) {
    const part = patches.slice(start, start + chunk);
    const pixels = new Uint8Array(part.length * bytes);
    part.forEach((at, i) => cutCrop(store.read(at), margin, size, pixels, i * bytes));
    yield pixels;
  }
}

/** Cuts a matrix into its rows. */
export function rowsOf(values: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width));
}
