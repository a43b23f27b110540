import { imagenet } from './architecture.js';
import type { Architecture } from './architecture.js';
import { efficientNetFeatures } from './efficientnet-blocks.js';
import { pooled, withHead } from './head.js';

/** EfficientNet-B0 (https://arxiv.org/abs/1905.11946). */
export const efficientNetB0: Architecture = {
  name: 'efficientnet-b0',
  size: 224,
  normalisation: imagenet,
  build(tf, options) {
    const { size, seed } = options;
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    const features = efficientNetFeatures(tf, input, 'b0', seed);
    return withHead(tf, 'efficientnet-b0', input, pooled(tf, features, options), options, {
      own: [],
      dropout: 0.2,
    });
  },
};
