import { imagenet } from './architecture.js';
import type { Architecture } from './architecture.js';
import { pooled, withHead } from './head.js';
import { mobileNetV2Features } from './mobilenet-v2-blocks.js';

/**
 * MobileNetV2 1.0 up to block 13 (stride 16, 96 channels), batch norms folded, then the mean and one dense layer. At 64
 * pixels it sees a face with half a million weights for a third of a millisecond.
 */
export const mobileNetV2Cut: Architecture = {
  name: 'mobilenet-v2-cut',
  size: 64,
  normalisation: imagenet,
  build(tf, options) {
    const { size, seed } = options;
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    const features = mobileNetV2Features(tf, input, { last: 13, seed, norm: 'folded' });
    return withHead(tf, 'mobilenet-v2-cut', input, pooled(tf, features, options), options, {
      own: [],
      dropout: 0.2,
    });
  },
};
