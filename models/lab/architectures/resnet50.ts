import { imagenet } from './architecture.js';
import type { Architecture } from './architecture.js';
import { channelsOf, convolution, torchvisionStyle } from './convolution.js';
import { pooled, withHead } from './head.js';
import { resNetNorm } from './norm-names.js';
import { put } from './put.js';

/** Narrow channels, blocks and first stride of each stage (table 1 of the paper). */
const stages: readonly (readonly [number, number, number])[] = [
  [64, 3, 1],
  [128, 4, 2],
  [256, 6, 2],
  [512, 3, 2],
];

/** ResNet-50 (https://arxiv.org/abs/1512.03385) as torchvision has it: the stride sits in the 3x3 convolution. */
export const resNet50: Architecture = {
  name: 'resnet50',
  size: 224,
  normalisation: imagenet,
  build(tf, options) {
    const { size, seed } = options;
    const style = torchvisionStyle(tf, seed, { normName: resNetNorm });
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    const stem = { name: 'conv1', kernel: 7, stride: 2, filters: 64, activation: 'relu' } as const;
    let x = convolution(tf, input, style, stem);
    // All values are 0 or more here, so that zeros around them change no maximum.
    x = put(tf.layers.zeroPadding2d({ name: 'maxpool.pad', padding: 1 }), x);
    x = put(tf.layers.maxPooling2d({ name: 'maxpool', poolSize: 3, strides: 2 }), x);
    stages.forEach(([narrow, blocks, firstStride], at) => {
      const filters = narrow * 4;
      for (let i = 0; i < blocks; i++) {
        const name = `layer${at + 1}.${i}`;
        const stride = i === 0 ? firstStride : 1;
        const activation = 'relu';
        let y = convolution(tf, x, style, {
          name: `${name}.conv1`,
          kernel: 1,
          filters: narrow,
          activation,
        });
        const middle = { kernel: 3, stride, filters: narrow, activation } as const;
        y = convolution(tf, y, style, { name: `${name}.conv2`, ...middle });
        const linear = { kernel: 1, filters, activation: 'none' } as const;
        y = convolution(tf, y, style, { name: `${name}.conv3`, ...linear });
        const shortcut =
          channelsOf(x) === filters
            ? x
            : convolution(tf, x, style, { name: `${name}.downsample.0`, stride, ...linear });
        x = put(tf.layers.add({ name: `${name}.add` }), [shortcut, y]);
        x = put(tf.layers.reLU({ name: `${name}.relu` }), x);
      }
    });
    return withHead(tf, 'resnet50', input, pooled(tf, x, options), options, { own: [], dropout: 0 });
  },
};
