import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { Blocks } from './blocks.js';
import { strides } from './detector-h.js';

/** The outputs of each level, in their order in the map: one number, one number, four numbers a cell. */
export const heads = ['class', 'objectness', 'box'] as const;

const body = [
  'stage1.0',
  'stage1.1',
  'stage1.2',
  'stage1.3',
  ...strides.flatMap((stride) => [`stride${stride}.0`, `stride${stride}.1`]),
];

/** Names of the pairs of convolutions up to the heads, in the order in which they compute. */
export const yunetPairs: readonly string[] = ['stem.pair', ...body, 'neck.32', 'neck.16', 'neck.8'];

/**
 * YuNet-n (Wu, Peng, Yu: "YuNet: a tiny millisecond-level face detector", 2023) without landmarks, its norms folded.
 *
 * Input `[n, h, w, 3]`, `h` and `w` multiples of 32, RGB 0..255. Outputs, finest first: `[n, h/s, w/s, 6]` = logit of the
 * class, logit of the objectness, dx, dy, log w, log h.
 */
export function buildYunet(tf: Tf): LayersModel {
  const make = new Blocks(tf);
  /** Linear 1x1, then depthwise 3x3 and, but for the outputs, relu. */
  const pair = (x: SymbolicTensor, name: string, filters: number, relu = true): SymbolicTensor =>
    make.depthwise(make.point(x, `${name}.pointwise`, filters, false), `${name}.depthwise`, 1, relu);
  const input = tf.input({ shape: [null, null, 3] });
  let x = make.halve(pair(make.conv(input, 'stem.conv', 16, 2), 'stem.pair', 16));
  for (const at of [0, 1, 2, 3]) x = pair(x, `stage1.${at}`, at === 0 ? 16 : 64);
  const levels = strides.map((stride) => {
    x = make.halve(x);
    for (const at of [0, 1]) x = pair(x, `stride${stride}.${at}`, 64);
    return { stride, map: x };
  });
  const outputs: SymbolicTensor[] = [];
  let above: SymbolicTensor | undefined;
  for (const { stride, map } of levels.reverse()) {
    above = pair(above === undefined ? map : make.add(map, make.double(above)), `neck.${stride}`, 64);
    const shared = pair(above, `head.${stride}.shared`, 64);
    const parts = heads.map((head) => pair(shared, `head.${stride}.${head}`, head === 'box' ? 4 : 1, false));
    outputs.unshift(make.concat(parts));
  }
  return tf.model({ inputs: input, outputs });
}
