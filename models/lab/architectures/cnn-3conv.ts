import { centred } from './architecture.js';
import type { Architecture } from './architecture.js';
import { withHead } from './head.js';
import { put } from './put.js';
import { seededInit } from './seeded.js';

/**
 * Three padded 3x3 convolutions of 16, 32 and 64 filters, each with a 2x2 max-pooling, dropout, a dense layer of 128. In two
 * classes it ends in one sigmoid, the probability of `mask`, and its loss is the binary cross-entropy; at 224 pixels it then
 * has 6,446,369 parameters. In more classes it ends in a softmax.
 */
export const cnn3Conv: Architecture = {
  name: 'cnn-3conv',
  size: 224,
  normalisation: centred,
  build(tf, options) {
    const { size, seed } = options;
    const init = seededInit(tf, seed);
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    let x = input;
    for (const [i, filters] of [16, 32, 64].entries()) {
      const settings = { filters, kernelSize: 3, padding: 'same', activation: 'relu' } as const;
      x = put(tf.layers.conv2d({ name: `conv${i + 1}`, ...settings, kernelInitializer: init() }), x);
      x = put(tf.layers.maxPooling2d({ name: `pool${i + 1}`, poolSize: 2 }), x);
    }
    x = put(tf.layers.dropout({ name: 'dropout1', rate: 0.2 }), x);
    x = put(tf.layers.flatten({ name: 'flatten' }), x);
    return withHead(tf, 'cnn-3conv', input, x, options, {
      own: [128],
      prefix: 'dense',
      dropout: 0,
      single: true,
    });
  },
};
