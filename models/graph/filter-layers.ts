import { activation } from './activations.js';
import type { FloatConstant } from './attributes.js';
import type { GraphBuilder, Ref } from './graph-builder.js';
import type { ChannelAffine, Layer } from './layer-settings.js';
import { filterOptions, layerSettings, settingsOf, weightsOf } from './layer-settings.js';
import { biasAdd, conv2d, depthwiseConv2d, matMul } from './operations.js';

/** Layers that multiply by weights and may take a following batch normalisation into them. */
export type FilterLayer = 'Conv2D' | 'DepthwiseConv2D' | 'SeparableConv2D' | 'Dense';

/** Tells whether a layer of that class can take a following normalisation into its weights. */
export function isFilterLayer(className: string): className is FilterLayer {
  return ['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D', 'Dense'].includes(className);
}

/** Adds a layer of that class, with a normalisation folded in where one is given. */
export function filterLayer(
  graph: GraphBuilder,
  className: FilterLayer,
  layer: Layer,
  x: Ref,
  norm?: ChannelAffine,
): Ref {
  if (className === 'Dense') return denseLayer(graph, layer, x, norm);
  const settings = settingsOf(layer, layerSettings.filter);
  const options = filterOptions(settings);
  const weights = weightsOf(layer);
  const bias = settings.useBias ? weights.pop()?.data : undefined;
  const last = scaled(lastOf(weights, layer), norm);
  let y: Ref;
  if (className === 'Conv2D') {
    y = conv2d(graph, x, last, options);
  } else if (className === 'DepthwiseConv2D') {
    y = depthwiseConv2d(graph, x, last, options);
  } else {
    const depthwise = depthwiseConv2d(graph, x, weights[0] ?? last, options);
    y = conv2d(graph, depthwise, last, { strides: [1, 1], padding: 'valid' });
  }
  return finish(graph, y, settings.activation, shifted(bias, norm));
}

function denseLayer(graph: GraphBuilder, layer: Layer, x: Ref, norm?: ChannelAffine): Ref {
  const settings = settingsOf(layer, layerSettings.dense);
  const weights = weightsOf(layer);
  const bias = settings.useBias ? weights.pop()?.data : undefined;
  const y = matMul(graph, x, scaled(lastOf(weights, layer), norm));
  return finish(graph, y, settings.activation, shifted(bias, norm));
}

function finish(graph: GraphBuilder, y: Ref, activationName: string, bias?: ArrayLike<number>): Ref {
  return activation(graph, activationName, bias === undefined ? y : biasAdd(graph, y, bias));
}

function lastOf(weights: readonly FloatConstant[], layer: Layer): FloatConstant {
  const last = weights.at(-1);
  if (last === undefined) throw new RangeError(`Layer ${layer.name} has no weights`);
  return last;
}

/**
 * Multiplies each output channel of a filter by its factor. The output channel is the fastest index, in a depthwise filter
 * `[h, w, in, multiplier]` too, where it is the last two together.
 */
function scaled(filter: FloatConstant, norm?: ChannelAffine): FloatConstant {
  if (norm === undefined) return filter;
  const { factors } = norm;
  return {
    shape: filter.shape,
    data: filter.data.map((value, i) => value * (factors[i % factors.length] ?? 1)),
  };
}

function shifted(bias?: ArrayLike<number>, norm?: ChannelAffine): ArrayLike<number> | undefined {
  if (norm === undefined) return bias;
  return norm.offsets.map((offset, i) => offset + (bias?.[i] ?? 0) * (norm.factors[i] ?? 1));
}
