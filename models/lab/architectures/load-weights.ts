import type { LayersModel } from '@tensorflow/tfjs';
import { openWeights } from '../../classify/open-weights.js';
import type { Tf } from '../../engine/engine.js';

/**
 * Fills a network with the weights of a finished one of the same build, layer by layer, by name.
 *
 * @param folder a weights folder
 * @throws WeightsError naming the file that is damaged
 * @throws Error naming the layer that does not fit
 */
export async function loadWeights(tf: Tf, model: LayersModel, folder: string): Promise<void> {
  const { model: finished } = await openWeights(tf, folder);
  try {
    const sources = new Map(finished.layers.map((layer) => [layer.name, layer]));
    for (const layer of model.layers) {
      if (layer.weights.length === 0) continue;
      const values = sources.get(layer.name)?.getWeights() ?? [];
      const shapes = (list: readonly { readonly shape: readonly (number | null)[] }[]): string =>
        JSON.stringify(list.map(({ shape }) => shape));
      if (shapes(values) !== shapes(layer.getWeights())) {
        throw new Error(`${folder} is of another build: its layer ${layer.name} does not fit`);
      }
      layer.setWeights(values);
    }
  } finally {
    finished.dispose();
  }
}
