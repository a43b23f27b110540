import type { SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { channelsOf, convolution } from './convolution.js';
import type { ConvolutionStyle } from './convolution.js';
import { efficientNetNorm } from './norm-names.js';
import { put } from './put.js';
import { seededInit } from './seeded.js';
import { squeezeExcite } from './squeeze-excite.js';

/** Kernel, expansion, output channels, repeats and first stride of each stage (https://arxiv.org/abs/1905.11946, table 1). */
const stages: readonly (readonly [number, number, number, number, number])[] = [
  [3, 1, 16, 1, 1],
  [3, 6, 24, 2, 2],
  [5, 6, 40, 2, 2],
  [3, 6, 80, 3, 2],
  [5, 6, 112, 3, 1],
  [5, 6, 192, 4, 2],
  [3, 6, 320, 1, 1],
];

/**
 * Adds the features of EfficientNet-B0, or of its Lite0 sister without squeezing and with ReLU6, from the stem to the
 * widening to 1280 channels. Names are those of efficientnet-pytorch without their
 * leading underscores, which tfjs does not take; padding is TensorFlow's. Whole blocks are not dropped
 * in training (stochastic depth), as the original does.
 */
export function efficientNetFeatures(
  tf: Tf,
  input: SymbolicTensor,
  kind: 'b0' | 'lite0',
  seed: number,
): SymbolicTensor {
  const init = seededInit(tf, seed);
  const style: ConvolutionStyle = {
    norm: 'live',
    epsilon: 1e-3,
    normName: efficientNetNorm,
    padding: 'same',
    init,
  };
  const activation = kind === 'b0' ? 'swish' : 'relu6';
  let x = convolution(tf, input, style, {
    name: 'conv_stem',
    kernel: 3,
    stride: 2,
    filters: 32,
    activation,
  });
  let block = 0;
  for (const [kernel, expansion, filters, repeats, firstStride] of stages) {
    for (let i = 0; i < repeats; i++) {
      const name = `blocks.${block++}`;
      const stride = i === 0 ? firstStride : 1;
      const channels = channelsOf(x);
      let y = x;
      if (expansion > 1) {
        const wide = channels * expansion;
        y = convolution(tf, y, style, { name: `${name}.expand_conv`, kernel: 1, filters: wide, activation });
      }
      const each = { kernel, stride, filters: 'each', activation } as const;
      y = convolution(tf, y, style, { name: `${name}.depthwise_conv`, ...each });
      if (kind === 'b0') {
        const squeezed = channels / 4;
        y = squeezeExcite(tf, y, { name: `${name}.se`, squeezed, activation, gate: 'sigmoid', init });
      }
      y = convolution(tf, y, style, {
        name: `${name}.project_conv`,
        kernel: 1,
        filters,
        activation: 'none',
      });
      x = i > 0 ? put(tf.layers.add({ name: `${name}.add` }), [x, y]) : y;
    }
  }
  return convolution(tf, x, style, { name: 'conv_head', kernel: 1, filters: 1280, activation });
}
