import type { LayersModel } from '@tensorflow/tfjs';
import { GraphBuilder } from '../graph/graph-builder.js';
import { graphFromLayers } from '../graph/graph-from-layers.js';
import { normalise, pixelInput } from '../graph/pixels.js';
import type { Manifest } from './manifest.js';
import { graphProbabilities } from './network-output.js';

/** The part of a manifest that says how pixels enter a network and what comes out. */
export type CropShape = Pick<Manifest, 'inputSize' | 'output' | 'normalisation'>;

/** Name of the graph's input: a string tensor `[k]` of rgb24 crops, `inputSize` pixels square; a string may hold several. */
export const pixelsInput = 'pixels';
/** Name of the graph's output: float32 `[n, classes]`, each row sums to 1. */
export const probabilitiesOutput = 'probabilities';

/**
 * Writes a network as one frozen graph from the bytes of crops to probabilities, batch norms folded.
 *
 * @returns the bytes of `saved_model.pb`
 * @throws RangeError for a layer that no graph is written for, naming it
 */
export function cropGraph(model: LayersModel, shape: CropShape): Uint8Array {
  const { inputSize, normalisation, output } = shape;
  const builder = new GraphBuilder();
  const pixels = pixelInput(builder, pixelsInput, [-1, inputSize, inputSize, 3]);
  const input = normalise(builder, pixels, normalisation.mean, normalisation.std);
  const [last] = graphFromLayers(builder, model, [input]);
  if (last === undefined) throw new RangeError('The network has no output');
  return builder.toSavedModel({ [probabilitiesOutput]: graphProbabilities(builder, last, output) });
}
