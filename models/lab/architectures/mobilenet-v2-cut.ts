import type { SymbolicTensor } from '@tensorflow/tfjs';
import { mixSeed } from '../random.js';
import { imagenet } from './architecture.js';
import type { Architecture } from './architecture.js';
import { mobileNetV2Features } from './mobilenet-v2-blocks.js';

/**
 * MobileNetV2 1.0 up to block 13 (stride 16, 96 channels), batch norms folded, then the mean and one dense layer. At 64
 * pixels it sees a face with half a million weights for a third of a millisecond.
 */
export const mobileNetV2Cut: Architecture = {
  name: 'mobilenet-v2-cut',
  size: 64,
  normalisation: imagenet,
  build(tf, { size, outputs, seed }) {
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    const features = mobileNetV2Features(tf, input, { last: 13, seed, norm: 'folded' });
    const mean = tf.layers.globalAveragePooling2d({ name: 'mean' }).apply(features);
    const dropped = tf.layers.dropout({ name: 'dropout', rate: 0.2 }).apply(mean);
    const logits = tf.layers
      .dense({
        name: 'logits',
        units: outputs,
        kernelInitializer: tf.initializers.glorotUniform({ seed: mixSeed(seed, 0) }),
      })
      .apply(dropped);
    const output = tf.layers.softmax({ name: 'probabilities' }).apply(logits) as SymbolicTensor;
    return tf.model({ name: 'mobilenet-v2-cut', inputs: input, outputs: output });
  },
};
