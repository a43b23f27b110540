import { centred } from './architecture.js';
import type { Architecture } from './architecture.js';
import { withHead } from './head.js';
import { put } from './put.js';
import { seededInit } from './seeded.js';

/** Two 3x3 convolutions, two max-poolings, two dense layers, softmax: the smallest network that does the job. */
export const cnn2Conv: Architecture = {
  name: 'cnn-2conv',
  size: 64,
  normalisation: centred,
  build(tf, options) {
    const { size, seed } = options;
    const init = seededInit(tf, seed);
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    let x = input;
    for (const [i, filters] of [32, 64].entries()) {
      const settings = { filters, kernelSize: 3, activation: 'relu', kernelInitializer: init() } as const;
      x = put(tf.layers.conv2d({ name: `conv${i + 1}`, ...settings }), x);
      x = put(tf.layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: 2 }), x);
    }
    x = put(tf.layers.flatten({ name: 'flatten' }), x);
    x = put(tf.layers.dropout({ name: 'dropout1', rate: 0.3 }), x);
    return withHead(tf, 'cnn-2conv', input, x, options, { own: [64], prefix: 'dense', dropout: 0.3 });
  },
};
