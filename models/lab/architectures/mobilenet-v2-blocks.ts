import type { SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { channelsOf, convolution, torchvisionStyle } from './convolution.js';
import type { NormKind } from './convolution.js';
import { put } from './put.js';

/** Expansion, output channels, repeats and first stride of each stage of MobileNetV2 (Sandler et al. 2018, table 2). */
const stages: readonly (readonly [number, number, number, number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/**
 * Adds MobileNetV2's feature layers, `features.0` to `features.<last>` as torchvision counts them, and names the
 * convolutions and norms as torchvision does. Pads evenly on all sides, as the published weights were trained.
 * @param last number of the last block, 1..18; 18 is the widening to 1280 channels
 */
export function mobileNetV2Features(
  tf: Tf,
  input: SymbolicTensor,
  { last, seed, norm }: { readonly last: number; readonly seed: number; readonly norm: NormKind },
): SymbolicTensor {
  const style = torchvisionStyle(tf, seed, { norm });
  const activation = 'relu6';
  const stem = { name: 'features.0.0', kernel: 3, stride: 2, filters: 32, activation } as const;
  let x = convolution(tf, input, style, stem);
  let block = 0;
  for (const [expansion, filters, repeats, firstStride] of stages) {
    for (let i = 0; i < repeats && block < last; i++) {
      block++;
      const name = `features.${block}.conv`;
      const stride = i === 0 ? firstStride : 1;
      const channels = channelsOf(x);
      let part = 0;
      let y = x;
      if (expansion > 1) {
        const wide = channels * expansion;
        y = convolution(tf, y, style, { name: `${name}.${part++}.0`, kernel: 1, filters: wide, activation });
      }
      const each = { kernel: 3, stride, filters: 'each', activation } as const;
      y = convolution(tf, y, style, { name: `${name}.${part++}.0`, ...each });
      y = convolution(tf, y, style, { name: `${name}.${part}`, kernel: 1, filters, activation: 'none' });
      const residual = stride === 1 && channels === filters;
      x = residual ? put(tf.layers.add({ name: `features.${block}.add` }), [x, y]) : y;
    }
  }
  if (last < 18) return x;
  return convolution(tf, x, style, { name: 'features.18.0', kernel: 1, filters: 1280, activation });
}
