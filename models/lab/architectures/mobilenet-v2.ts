import { imagenet } from './architecture.js';
import type { Architecture } from './architecture.js';
import { pooled, withHead } from './head.js';
import { mobileNetV2Features } from './mobilenet-v2-blocks.js';

/** MobileNetV2 1.0 (https://arxiv.org/abs/1801.04381) with live batch norms, as torchvision has it. */
export const mobileNetV2: Architecture = {
  name: 'mobilenet-v2',
  size: 224,
  normalisation: imagenet,
  build(tf, options) {
    const { size, seed } = options;
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    const features = mobileNetV2Features(tf, input, { last: 18, seed, norm: 'live' });
    return withHead(tf, 'mobilenet-v2', input, pooled(tf, features, options), options, {
      own: [],
      dropout: 0.2,
    });
  },
};
