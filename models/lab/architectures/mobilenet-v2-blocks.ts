import type { SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { seededInit } from './seeded.js';

/** Expansion, output channels, repeats and first stride of each stage of MobileNetV2 (Sandler et al. 2018, table 2). */
export const mobileNetV2Stages: readonly (readonly [number, number, number, number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/** How the convolutions are normalised: with live batch norms, or with these folded into a bias. */
export type NormKind = 'live' | 'folded';

/**
 * Adds MobileNetV2's feature layers, `features.0` to `features.<last>` as torchvision counts them, and names the
 * convolutions as torchvision does. Pads evenly on all sides, as the published weights were trained.
 * @param last number of the last block, 1..17
 */
export function mobileNetV2Features(
  tf: Tf,
  input: SymbolicTensor,
  { last, seed, norm }: { readonly last: number; readonly seed: number; readonly norm: NormKind },
): SymbolicTensor {
  const init = seededInit(tf, seed);
  const unit = (
    x: SymbolicTensor,
    name: string,
    kind: {
      readonly depthwise: boolean;
      readonly filters: number;
      readonly stride: number;
      readonly act: boolean;
    },
  ): SymbolicTensor => {
    const size = name === 'features.0.0' || kind.depthwise ? 3 : 1;
    const settings = { name, kernelSize: size, strides: kind.stride, useBias: norm === 'folded' } as const;
    let y = x;
    let padding: 'same' | 'valid' = 'same';
    if (size === 3 && kind.stride === 2) {
      // "same" would pad one side only where the stride is 2.
      y = tf.layers.zeroPadding2d({ name: `${name}.pad`, padding: 1 }).apply(y) as SymbolicTensor;
      padding = 'valid';
    }
    const layer = kind.depthwise
      ? tf.layers.depthwiseConv2d({ ...settings, padding, depthwiseInitializer: init() })
      : tf.layers.conv2d({ ...settings, padding, filters: kind.filters, kernelInitializer: init() });
    y = layer.apply(y) as SymbolicTensor;
    if (norm === 'live') {
      y = tf.layers
        .batchNormalization({ name: `${name}.norm`, epsilon: 1e-5, momentum: 0.9 })
        .apply(y) as SymbolicTensor;
    }
    return kind.act ? (tf.layers.reLU({ name: `${name}.relu`, maxValue: 6 }).apply(y) as SymbolicTensor) : y;
  };

  let x = unit(input, 'features.0.0', { depthwise: false, filters: 32, stride: 2, act: true });
  let channels = 32;
  let block = 0;
  for (const [expansion, filters, repeats, firstStride] of mobileNetV2Stages) {
    for (let i = 0; i < repeats && block < last; i++) {
      block++;
      const name = `features.${block}.conv`;
      const stride = i === 0 ? firstStride : 1;
      const wide = channels * expansion;
      let part = 0;
      let y = x;
      if (expansion > 1)
        y = unit(y, `${name}.${part++}.0`, { depthwise: false, filters: wide, stride: 1, act: true });
      y = unit(y, `${name}.${part++}.0`, { depthwise: true, filters: wide, stride, act: true });
      y = unit(y, `${name}.${part}`, { depthwise: false, filters, stride: 1, act: false });
      x =
        stride === 1 && channels === filters
          ? (tf.layers.add({ name: `features.${block}.add` }).apply([x, y]) as SymbolicTensor)
          : y;
      channels = filters;
    }
  }
  return x;
}
