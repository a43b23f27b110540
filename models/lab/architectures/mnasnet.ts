import { imagenet } from './architecture.js';
import type { Architecture } from './architecture.js';
import { channelsOf, convolution, torchvisionStyle } from './convolution.js';
import { pooled, withHead } from './head.js';
import { put } from './put.js';

/** Kernel, expansion, output channels, repeats and first stride of each stage (figure 7 of the paper, without squeezing). */
const stages: readonly (readonly [number, number, number, number, number])[] = [
  [3, 3, 24, 3, 2],
  [5, 3, 40, 3, 2],
  [5, 6, 80, 3, 2],
  [3, 6, 96, 2, 1],
  [5, 6, 192, 4, 2],
  [3, 6, 320, 1, 1],
];

/** MnasNet-B1 1.0 (https://arxiv.org/abs/1807.11626) as torchvision has it. */
export const mnasNet: Architecture = {
  name: 'mnasnet-1.0',
  size: 224,
  normalisation: imagenet,
  build(tf, options) {
    const { size, seed } = options;
    const style = torchvisionStyle(tf, seed);
    const activation = 'relu';
    const input = tf.input({ name: 'input', shape: [size, size, 3] });
    let x = convolution(tf, input, style, {
      name: 'layers.0',
      kernel: 3,
      stride: 2,
      filters: 32,
      activation,
    });
    x = convolution(tf, x, style, { name: 'layers.3', kernel: 3, filters: 'each', activation });
    x = convolution(tf, x, style, { name: 'layers.6', kernel: 1, filters: 16, activation: 'none' });
    stages.forEach(([kernel, expansion, filters, repeats, firstStride], at) => {
      for (let i = 0; i < repeats; i++) {
        const name = `layers.${at + 8}.${i}`;
        const stride = i === 0 ? firstStride : 1;
        const wide = channelsOf(x) * expansion;
        let y = convolution(tf, x, style, {
          name: `${name}.layers.0`,
          kernel: 1,
          filters: wide,
          activation,
        });
        const each = { kernel, stride, filters: 'each', activation } as const;
        y = convolution(tf, y, style, { name: `${name}.layers.3`, ...each });
        y = convolution(tf, y, style, {
          name: `${name}.layers.6`,
          kernel: 1,
          filters,
          activation: 'none',
        });
        x = i > 0 ? put(tf.layers.add({ name: `${name}.add` }), [x, y]) : y;
      }
    });
    x = convolution(tf, x, style, { name: 'layers.14', kernel: 1, filters: 1280, activation });
    return withHead(tf, 'mnasnet-1.0', input, pooled(tf, x, options), options, { own: [], dropout: 0.2 });
  },
};
