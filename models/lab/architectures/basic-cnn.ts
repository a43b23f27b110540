import { centred } from './architecture.js';
import type { Architecture } from './architecture.js';
import { withHead } from './head.js';
import { put } from './put.js';
import { seededInit } from './seeded.js';

/** The textbook stack: convolution, ReLU and max-pooling four times, flatten, two dense layers with ReLU, dropout, softmax. */
export const basicCnn: Architecture = {
  name: 'basic-cnn',
  size: 64,
  normalisation: centred,
  build(tf, options) {
    const { size, seed } = options;
    const init = seededInit(tf, seed);
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    let x = input;
    for (const [i, filters] of [16, 32, 64, 128].entries()) {
      const settings = { filters, kernelSize: 3, padding: 'same', kernelInitializer: init() } as const;
      x = put(tf.layers.conv2d({ name: `conv${i + 1}`, ...settings }), x);
      x = put(tf.layers.reLU({ name: `relu${i + 1}` }), x);
      x = put(tf.layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: 2 }), x);
    }
    x = put(tf.layers.flatten({ name: 'flatten' }), x);
    return withHead(tf, 'basic-cnn', input, x, options, { own: [256, 128], prefix: 'dense', dropout: 0.5 });
  },
};
