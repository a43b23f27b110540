import { efficientNetLite } from './architecture.js';
import type { Architecture } from './architecture.js';
import { efficientNetFeatures } from './efficientnet-blocks.js';
import { pooled, withHead } from './head.js';

/** EfficientNet-Lite0: B0 without squeezing and with ReLU6, made to be quantised. */
export const efficientNetLite0: Architecture = {
  name: 'efficientnet-lite0',
  size: 224,
  normalisation: efficientNetLite,
  build(tf, options) {
    const { size, seed } = options;
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    const features = efficientNetFeatures(tf, input, 'lite0', seed);
    return withHead(tf, 'efficientnet-lite0', input, pooled(tf, features, options), options, {
      own: [],
      dropout: 0.2,
    });
  },
};
