import type { SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { activate, channelsOf } from './convolution.js';
import type { ActivationKind } from './convolution.js';
import { hardSigmoid } from './hard-swish.js';
import { put } from './put.js';
import type { seededInit } from './seeded.js';

/** How a map weighs its own channels. */
export interface SqueezeOptions {
  readonly name: string;
  /** Channels in the narrow middle. */
  readonly squeezed: number;
  readonly activation: ActivationKind;
  readonly gate: 'sigmoid' | 'hard-sigmoid';
  readonly init: ReturnType<typeof seededInit>;
}

/** Adds squeeze and excitation (https://arxiv.org/abs/1709.01507): each channel times a gate that the channels' means decide. */
export function squeezeExcite(
  tf: Tf,
  x: SymbolicTensor,
  { name, squeezed, activation, gate, init }: SqueezeOptions,
): SymbolicTensor {
  const channels = channelsOf(x);
  const { layers } = tf;
  let y = put(layers.globalAveragePooling2d({ name: `${name}.mean` }), x);
  y = put(layers.reshape({ name: `${name}.map`, targetShape: [1, 1, channels] }), y);
  y = put(
    layers.conv2d({ name: `${name}.fc1`, filters: squeezed, kernelSize: 1, kernelInitializer: init() }),
    y,
  );
  y = activate(tf, y, `${name}.act`, activation);
  y = put(
    layers.conv2d({ name: `${name}.fc2`, filters: channels, kernelSize: 1, kernelInitializer: init() }),
    y,
  );
  y =
    gate === 'sigmoid'
      ? put(layers.activation({ name: `${name}.gate`, activation: 'sigmoid' }), y)
      : hardSigmoid(tf, y, `${name}.gate`);
  return put(layers.multiply({ name }), [x, y]);
}
