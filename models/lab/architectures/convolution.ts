import type { SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { hardSwish } from './hard-swish.js';
import { nextNumber } from './norm-names.js';
import { put } from './put.js';
import { seededInit } from './seeded.js';

/** How the convolutions are normalised: with live batch norms, or with these folded into a bias. */
export type NormKind = 'live' | 'folded';

/** What follows a convolution and its norm. */
export type ActivationKind = 'none' | 'relu' | 'relu6' | 'swish' | 'hard-swish';

/** What all convolutions of a network have in common. */
export interface ConvolutionStyle {
  readonly norm: NormKind;
  /** Added to the variance by the batch norms. */
  readonly epsilon: number;
  /** Name of a convolution's batch norm, from the convolution's own. */
  readonly normName: (convolution: string) => string;
  /**
   * Where the stride is 2: `even` pads all sides alike, as torchvision does; `same` pads the far sides only, as TensorFlow
   * does. Without a stride the two agree.
   */
  readonly padding: 'even' | 'same';
  readonly init: ReturnType<typeof seededInit>;
}

/** The style of torchvision's networks: live norms, even padding. */
export function torchvisionStyle(
  tf: Tf,
  seed: number,
  changes: Partial<ConvolutionStyle> = {},
): ConvolutionStyle {
  const init = seededInit(tf, seed);
  return { norm: 'live', epsilon: 1e-5, normName: nextNumber, padding: 'even', init, ...changes };
}

/** One convolution with its norm and activation. */
export interface ConvolutionOptions {
  readonly name: string;
  /** Side of the filter, odd. */
  readonly kernel: number;
  readonly stride?: number;
  /** Output channels; `each` filters every channel by itself (depthwise). */
  readonly filters: number | 'each';
  readonly activation: ActivationKind;
}

/** The number of channels of a map. */
export function channelsOf(x: SymbolicTensor): number {
  const channels = x.shape.at(-1);
  if (typeof channels !== 'number') throw new RangeError(`${x.name} has no known number of channels`);
  return channels;
}

/** Adds a convolution, its batch norm (where the style has live ones) and its activation. */
export function convolution(
  tf: Tf,
  x: SymbolicTensor,
  style: ConvolutionStyle,
  { name, kernel, stride = 1, filters, activation }: ConvolutionOptions,
): SymbolicTensor {
  let y = x;
  let padding: 'same' | 'valid' = 'same';
  if (kernel > 1 && stride > 1 && style.padding === 'even') {
    y = put(tf.layers.zeroPadding2d({ name: `${name}.pad`, padding: (kernel - 1) / 2 }), y);
    padding = 'valid';
  }
  const settings = {
    name,
    kernelSize: kernel,
    strides: stride,
    padding,
    useBias: style.norm === 'folded',
  } as const;
  y = put(
    filters === 'each'
      ? tf.layers.depthwiseConv2d({ ...settings, depthwiseInitializer: style.init() })
      : tf.layers.conv2d({ ...settings, filters, kernelInitializer: style.init() }),
    y,
  );
  if (style.norm === 'live') {
    const settings = { name: style.normName(name), epsilon: style.epsilon, momentum: 0.9 };
    y = put(tf.layers.batchNormalization(settings), y);
  }
  return activate(tf, y, `${name}.act`, activation);
}

/** Adds an activation. */
export function activate(tf: Tf, x: SymbolicTensor, name: string, kind: ActivationKind): SymbolicTensor {
  switch (kind) {
    case 'none':
      return x;
    case 'relu':
      return put(tf.layers.reLU({ name }), x);
    case 'relu6':
      return put(tf.layers.reLU({ name, maxValue: 6 }), x);
    case 'swish':
      return put(tf.layers.activation({ name, activation: 'swish' }), x);
    case 'hard-swish':
      return hardSwish(tf, x, name);
  }
}
