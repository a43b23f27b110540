import type { LayersModel } from '@tensorflow/tfjs';
import type { Tf } from '../engine/engine.js';
import type { Layer } from './layer-settings.js';

/** How the pixels of each channel enter a network: `(v - mean) / std`. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * Takes the division by `std` into the weights of the layers that the pixels meet first: one pass less over all pixels, and
 * exact where `std` is a power of two. Changes the model's weights.
 *
 * @param model with one input
 * @returns what is left to be done with the pixels; the same as given where the first layers cannot take it in
 */
export function foldScale<N extends Normalisation>(tf: Tf, model: LayersModel, normalisation: N): N {
  const [std = 1] = normalisation.std;
  const first = firstLayers(model);
  const same = normalisation.std.every((value) => value === std);
  if (!same || first.length === 0 || !first.every((layer) => layer.getClassName() === 'Conv2D')) {
    return normalisation;
  }
  for (const layer of first) {
    tf.tidy(() => {
      const [kernel, ...rest] = layer.getWeights();
      if (kernel !== undefined) layer.setWeights([kernel.div(std), ...rest]);
    });
  }
  return { ...normalisation, std: normalisation.std.map(() => 1) };
}

/** The layers that take the model's input, directly or with zeros around it. */
function firstLayers(model: LayersModel): Layer[] {
  const after = (layer: Layer): Layer[] =>
    layer.outboundNodes.flatMap(({ outboundLayer }) =>
      outboundLayer.getClassName() === 'ZeroPadding2D' ? after(outboundLayer) : [outboundLayer],
    );
  return model.inputLayers.flatMap(after);
}
