import type { LayersModel } from '@tensorflow/tfjs';
import type { Layer } from '../../graph/layer-settings.js';

/**
 * Which layers a run leaves as they are. The head, that is all dense layers, is always trained.
 * - `none`: all is trained.
 * - `backbone`: the head alone is trained.
 * - `layers`: of the backbone its last `last` convolutions are trained, with the norms that follow them.
 * - `stages`: of the backbone its last `last` stages are trained; a stage ends where a stride or a pooling makes the map smaller.
 */
export type Freeze =
  | { readonly kind: 'none' }
  | { readonly kind: 'backbone' }
  | { readonly kind: 'layers' | 'stages'; readonly last: number };

/** Reads `none`, `backbone`, `layers:5` or `stages:2`. @throws RangeError otherwise */
export function parseFreeze(text: string): Freeze {
  if (text === 'none' || text === 'backbone') return { kind: text };
  const [, kind, last] = /^(layers|stages):([1-9]\d{0,3})$/.exec(text) ?? [];
  if (kind === 'layers' || kind === 'stages') return { kind, last: Number(last) };
  throw new RangeError(`${text} must be none, backbone, layers:N or stages:N`);
}

/**
 * Freezes layers of a model. A frozen batch norm runs on its stored statistics in training too, and leaves them alone: tfjs
 * would go on with the statistics of the batch.
 * @returns names of the frozen layers that have weights
 * @throws RangeError where the backbone has fewer layers or stages than are to be trained
 */
export function freezeLayers(model: LayersModel, freeze: Freeze): string[] {
  const frozen = frozenLayers(model, freeze);
  frozen.forEach(freezeLayer);
  return frozen.map(({ name }) => name);
}

/** Freezes one layer, as `freezeLayers` does. */
export function freezeLayer(layer: Layer): void {
  layer.trainable = false;
  if (layer.getClassName() !== 'BatchNormalization') return;
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
}

/** Takes back what `freezeLayers` did, so that the finished network is stored as one that can be trained. */
export function thawLayers(model: LayersModel): void {
  for (const layer of model.layers) {
    layer.trainable = true;
    // The layer's own method is on its prototype.
    if (Object.hasOwn(layer, 'call')) Reflect.deleteProperty(layer, 'call');
  }
}

function frozenLayers(model: LayersModel, freeze: Freeze): Layer[] {
  if (freeze.kind === 'none') return [];
  const backbone = model.layers.filter(
    (layer) => layer.weights.length > 0 && layer.getClassName() !== 'Dense',
  );
  if (freeze.kind === 'backbone') return backbone;
  const place = freeze.kind === 'layers' ? convolutionCounts(model) : reductions(model);
  // Every backbone layer has a number that grows towards the head; the largest numbers are trained.
  const placeOf = (layer: Layer): number => place.get(layer.name) ?? 0;
  const places = [...new Set(backbone.map(placeOf))].sort((a, b) => b - a);
  const least = places[freeze.last - 1];
  if (least === undefined)
    throw new RangeError(
      `${model.name} has ${places.length} ${freeze.kind} before its head, not ${freeze.last}`,
    );
  return backbone.filter((layer) => placeOf(layer) < least);
}

/** For each layer the number of convolutions up to it, in the order of the model's layers. */
function convolutionCounts(model: LayersModel): Map<string, number> {
  let count = 0;
  const counts = new Map<string, number>();
  for (const layer of model.layers) {
    if (['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D'].includes(layer.getClassName())) count++;
    counts.set(layer.name, count);
  }
  return counts;
}

/** For each layer by how much its map is smaller than the picture. */
function reductions(model: LayersModel): Map<string, number> {
  const found = new Map<string, number>();
  for (const layer of model.layers) {
    const before = (layer.inboundNodes[0]?.inboundLayers ?? []).map(({ name }) => found.get(name) ?? 1);
    const { strides } = layer.getConfig();
    const stride = Array.isArray(strides) ? Number(strides[0]) : 1;
    found.set(layer.name, Math.max(1, ...before) * stride);
  }
  return found;
}
