import type { LayersModel } from '@tensorflow/tfjs';
import type { Tf } from '../engine/engine.js';
import type { Manifest } from './manifest.js';
import { readWeights } from './read-weights.js';
import { WeightsError } from './weights-error.js';

/** A weights folder as a network of layers. */
export interface OpenWeights {
  readonly manifest: Manifest;
  /** The caller disposes it. */
  readonly model: LayersModel;
}

/**
 * Reads a weights folder into a network of layers.
 *
 * @throws WeightsError naming the file that is missing, damaged or does not fit
 */
export async function openWeights(tf: Tf, folder: string): Promise<OpenWeights> {
  const { manifest, artifacts } = await readWeights(folder);
  let model: LayersModel;
  try {
    model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  } catch (cause) {
    throw new WeightsError('invalid', folder, `${folder} holds no network that can be loaded`, { cause });
  }
  assertFits(model, manifest, folder);
  return { manifest, model };
}

function assertFits(model: LayersModel, { inputSize, classes, output }: Manifest, folder: string): void {
  const input = model.inputs[0]?.shape.slice(1);
  const row = model.outputs[0]?.shape.slice(1);
  const wanted = [[inputSize, inputSize, 3], [output === 'sigmoid' ? 1 : classes.length]];
  if (JSON.stringify([input, row]) === JSON.stringify(wanted)) return;
  model.dispose();
  throw new WeightsError(
    'invalid',
    folder,
    `${folder}: the manifest says ${JSON.stringify(wanted)}, the network has ${JSON.stringify([input, row])}`,
  );
}
