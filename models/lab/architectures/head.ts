import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { mixSeed } from '../random.js';
import type { BuildOptions } from './architecture.js';
import { activate } from './convolution.js';
import { put } from './put.js';

/** Width of the hidden dense layers that a head has beyond its architecture's own. */
const addedWidth = 128;

/** The dense layers at the end of a network. */
export interface HeadOptions {
  /** Widths of the hidden dense layers that the architecture has of itself. */
  readonly own: readonly number[];
  /** Start of the hidden layers' names, which are counted from 1. */
  readonly prefix?: string;
  readonly activation?: 'relu' | 'hard-swish';
  /** Part of the features that dropout takes away before the logits in training, 0..1. */
  readonly dropout: number;
  /** One sigmoid in the place of two outputs. */
  readonly single?: boolean;
}

/** Widths of the hidden layers of a head of `layers` dense layers, logits included. @throws RangeError for none */
export function hiddenWidths(own: readonly number[], layers: number = own.length + 1): number[] {
  if (!Number.isInteger(layers) || layers < 1)
    throw new RangeError(`a head needs at least one dense layer, not ${layers}`);
  return Array.from(
    { length: layers - 1 },
    (_, i) => own[i] ?? Math.min(addedWidth, own.at(-1) ?? addedWidth),
  );
}

/** Turns a backbone's last map into features without a place. */
export function pooled(tf: Tf, map: SymbolicTensor, { pooling = 'mean' }: BuildOptions): SymbolicTensor {
  return pooling === 'mean'
    ? put(tf.layers.globalAveragePooling2d({ name: 'mean' }), map)
    : put(tf.layers.flatten({ name: 'map' }), map);
}

/**
 * Adds the head to features without a place: hidden dense layers, dropout, `logits` and `probabilities`.
 * @returns the whole network
 */
export function withHead(
  tf: Tf,
  name: string,
  input: SymbolicTensor,
  features: SymbolicTensor,
  { outputs, seed, headLayers }: BuildOptions,
  { own, prefix = 'head', activation = 'relu', dropout, single = false }: HeadOptions,
): LayersModel {
  let x = features;
  hiddenWidths(own, headLayers).forEach((units, i) => {
    const layer = `${prefix}${i + 1}`;
    // Counted from the end of the seeds, which features take from the start.
    const kernelInitializer = tf.initializers.heNormal({ seed: mixSeed(seed, -1 - i) });
    x = put(tf.layers.dense({ name: layer, units, kernelInitializer }), x);
    x = activate(tf, x, `${layer}.act`, activation);
  });
  if (dropout > 0) x = put(tf.layers.dropout({ name: 'dropout', rate: dropout }), x);
  const kernelInitializer = tf.initializers.glorotUniform({ seed: mixSeed(seed, 0) });
  const one = single && outputs === 2;
  x = put(tf.layers.dense({ name: 'logits', units: one ? 1 : outputs, kernelInitializer }), x);
  x = put(
    one
      ? tf.layers.activation({ name: 'probabilities', activation: 'sigmoid' })
      : tf.layers.softmax({ name: 'probabilities' }),
    x,
  );
  return tf.model({ name, inputs: input, outputs: x });
}
