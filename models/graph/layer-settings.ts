import type { layers } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { FloatConstant } from './attributes.js';
import type { FilterOptions } from './operations.js';

/** A layer of tfjs. */
export type Layer = layers.Layer;

const pair = z.tuple([z.number(), z.number()]);
const padding = z.enum(['same', 'valid']);
const channelsLast = z.literal('channelsLast');

const windowSettings = z.object({ strides: pair, padding, dataFormat: channelsLast });
const filterSettings = windowSettings.extend({
  dilationRate: pair,
  activation: z.string(),
  useBias: z.boolean(),
});
const normSettings = z.object({
  axis: z.number(),
  epsilon: z.number(),
  center: z.boolean(),
  scale: z.boolean(),
});

/** Settings that the conversion reads, by kind of layer. */
export const layerSettings = {
  filter: filterSettings,
  norm: normSettings,
  pool: windowSettings.extend({ poolSize: pair }),
  globalPool: z.object({ dataFormat: channelsLast, keepDims: z.boolean().optional() }),
  dense: z.object({ activation: z.string(), useBias: z.boolean() }),
  activation: z.object({ activation: z.string() }),
  softmax: z.object({ axis: z.number() }),
  relu: z.object({ maxValue: z.number().nullish() }),
  rescaling: z.object({ scale: z.number(), offset: z.number() }),
  leakyRelu: z.object({ alpha: z.number() }),
  reshape: z.object({ targetShape: z.array(z.number()) }),
  concatenate: z.object({ axis: z.number() }),
  zeroPadding: z.object({ padding: z.tuple([pair, pair]), dataFormat: channelsLast }),
  upSampling: z.object({
    size: pair,
    interpolation: z.enum(['nearest', 'bilinear']),
    dataFormat: channelsLast,
  }),
} as const;

/**
 * Reads a layer's settings.
 *
 * @throws RangeError where the layer has settings that no graph is written for, naming the layer
 */
export function settingsOf<T extends z.ZodType>(layer: Layer, schema: T): z.infer<T> {
  const result = schema.safeParse(layer.getConfig());
  if (result.success) return result.data;
  throw new RangeError(`Layer ${layer.name} cannot be put into a graph: ${z.prettifyError(result.error)}`);
}

/** A layer's weights, in the layer's order. */
export function weightsOf(layer: Layer): FloatConstant[] {
  return layer.getWeights().map((tensor) => ({ shape: tensor.shape, data: tensor.dataSync<'float32'>() }));
}

/** How a layer's filter moves. */
export function filterOptions(settings: z.infer<typeof filterSettings>): FilterOptions {
  return { strides: settings.strides, padding: settings.padding, dilations: settings.dilationRate };
}

/** Batch normalisation at inference as one factor and one offset a channel: `y = x * factors + offsets`. */
export interface ChannelAffine {
  readonly factors: Float32Array;
  readonly offsets: Float32Array;
}

/** Reads a batch normalisation over the last axis. */
export function channelAffine(layer: Layer): ChannelAffine {
  const { epsilon, center, scale } = settingsOf(layer, layerSettings.norm);
  const weights = weightsOf(layer).map(({ data }) => data);
  const gamma = scale ? weights.shift() : undefined;
  const beta = center ? weights.shift() : undefined;
  const [mean, variance] = weights;
  if (mean === undefined || variance === undefined) {
    throw new RangeError(`Layer ${layer.name} has no moving mean and variance`);
  }
  const factors = variance.map((value, i) => (gamma?.[i] ?? 1) / Math.sqrt(value + epsilon));
  const offsets = mean.map((value, i) => (beta?.[i] ?? 0) - value * (factors[i] ?? 0));
  return { factors, offsets };
}
