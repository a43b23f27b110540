import type { LayersModel } from '@tensorflow/tfjs';
import { readWeightsOf } from '../../classify/read-weights.js';
import { detectorManifestSchema } from '../../detect/own/detector-manifest.js';
import type { Engine } from '../../engine/engine.js';
import { loadPyTorchWeights } from './blocks.js';
import { readSafetensors } from './safetensors.js';

/**
 * Puts the weights of an earlier training into a model.
 *
 * @param path weights folder of a detector, or safetensors in PyTorch's layout
 * @throws WeightsError or Error when they do not fit
 */
export async function startWeights({ tf }: Engine, model: LayersModel, path: string): Promise<void> {
  if (path.endsWith('.safetensors')) {
    loadPyTorchWeights(tf, model, await readSafetensors(path));
    return;
  }
  const { artifacts } = await readWeightsOf(detectorManifestSchema, path);
  const earlier = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  for (const layer of model.layers) {
    if (layer.weights.length > 0) layer.setWeights(earlier.getLayer(layer.name).getWeights());
  }
  earlier.dispose();
}
