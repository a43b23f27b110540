import type { LayersModel, SymbolicTensor, serialization } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import type { Layer } from '../../graph/layer-settings.js';
import { freezeLayer } from '../architectures/freeze.js';
import { put } from '../architectures/put.js';
import { sizeOf } from './row-blocks.js';

/** A network in two parts: what a run leaves as it is, and what it trains. */
export interface CutModel {
  /** From pictures to features. Shares its layers with the whole network, which must live as long. */
  readonly lower: LayersModel;
  /** From features to probabilities: layers of its own, with the whole network's names and weights. The caller disposes it. */
  readonly upper: LayersModel;
  /** Shape of the features of one picture. */
  readonly shape: readonly number[];
}

/**
 * Cuts a network behind as many frozen layers as possible. What the lower part gives for a picture is the same throughout
 * the run, so it need not be computed more than once.
 *
 * @returns null where nothing is frozen before the first layer that is trained
 */
export function cutModel(tf: Tf, model: LayersModel): CutModel | null {
  const place = findCut(model);
  if (place === null) return null;
  const { cut, below } = place;
  const output = cut.output as SymbolicTensor;
  const shape = output.shape.slice(1).map(Number);
  const input = tf.input({ name: 'features', shape });
  const tensors = new Map<string, SymbolicTensor>([[cut.name, input]]);
  for (const layer of model.layers) {
    if (below.has(layer)) continue;
    const inputs = layersBefore(layer).flatMap(({ name }) => tensors.get(name) ?? []);
    const [only] = inputs;
    if (only === undefined) throw new RangeError(`${layer.name} of ${model.name} is above no cut`);
    tensors.set(layer.name, put(copyOf(layer), inputs.length === 1 ? only : inputs));
  }
  const outputs = model.outputs.flatMap(({ sourceLayer }) => tensors.get(sourceLayer.name) ?? []);
  const upper = tf.model({ name: model.name, inputs: input, outputs });
  copyWeights(model, upper);
  for (const layer of upper.layers) if (!trainableIn(model, layer)) freezeLayer(layer);
  return { lower: tf.model({ inputs: model.inputs, outputs: output }), upper, shape };
}

/** Puts the weights of one model's layers into those of the same names of another. */
export function copyWeights(from: LayersModel, to: LayersModel): void {
  const sources = new Map(from.layers.map((layer) => [layer.name, layer]));
  for (const layer of to.layers) {
    const source = sources.get(layer.name);
    if (source && layer.weights.length > 0) layer.setWeights(source.getWeights());
  }
}

interface Cut {
  readonly cut: Layer;
  /** All layers that the cut's output depends on, itself among them. */
  readonly below: ReadonlySet<Layer>;
  /** Numbers in its features of one picture. */
  readonly size: number;
}

/** Features may be this many times as large as the smallest there are, if that leaves fewer layers to run at each step. */
const mostGrowth = 4;

/** The highest of the cuts whose features are not much larger than need be. */
function findCut(model: LayersModel): Cut | null {
  const cuts = possibleCuts(model);
  const least = Math.min(...cuts.map(({ size }) => size));
  return cuts
    .filter(({ size }) => size <= mostGrowth * least)
    .reduce<Cut | null>((best, one) => (best && best.below.size >= one.below.size ? best : one), null);
}

/** Layers below which all is frozen, and on which all above depends through them alone. */
function possibleCuts(model: LayersModel): Cut[] {
  const cuts: Cut[] = [];
  const belowOf = new Map<Layer, Set<Layer>>();
  for (const layer of model.layers) {
    const below = new Set([layer]);
    for (const before of layersBefore(layer)) for (const one of belowOf.get(before) ?? []) below.add(one);
    belowOf.set(layer, below);
    if (![...below].every(isFixed) || ![...below].some(({ weights }) => weights.length > 0)) continue;
    const isOnlyWay = model.layers.every(
      (other) =>
        below.has(other) || layersBefore(other).every((before) => before === layer || !below.has(before)),
    );
    const { shape } = layer.output as SymbolicTensor;
    if (isOnlyWay) cuts.push({ cut: layer, below, size: sizeOf(shape.slice(1).map(Number)) });
  }
  return cuts;
}

/** Whether a layer gives the same for the same input at every step. */
function isFixed(layer: Layer): boolean {
  return layer.getClassName() !== 'Dropout' && (layer.weights.length === 0 || !layer.trainable);
}

function layersBefore(layer: Layer): readonly Layer[] {
  return layer.inboundNodes[0]?.inboundLayers ?? [];
}

function copyOf(layer: Layer): Layer {
  const kind = layer.constructor as serialization.SerializableConstructor<Layer>;
  return kind.fromConfig(kind, layer.getConfig());
}

function trainableIn(model: LayersModel, { name, weights }: Layer): boolean {
  return weights.length === 0 || model.getLayer(name).trainable;
}
