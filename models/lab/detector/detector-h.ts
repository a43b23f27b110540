import type { LayersModel } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { Blocks } from './blocks.js';

/** Strides of the three output maps, in pixels of the input. */
export const strides = [8, 16, 32] as const;

/**
 * Our face detector "H": plain 3x3 convolutions down to stride 8, pairs of a 1x1 and a depthwise 3x3 convolution above,
 * a top-down path and one 1x1 output a level. Few fat operations, because TensorFlow charges for each dispatch.
 *
 * Input `[n, h, w, 3]`, `h` and `w` multiples of 32, RGB as `(x - 118) / 64`. Outputs, finest first:
 * `[n, h/s, w/s, 5]` = logit, dx, dy, log w, log h (see `decode`).
 */
export function buildDetectorH(tf: Tf): LayersModel {
  const make = new Blocks(tf);
  const input = tf.input({ shape: [null, null, 3] });
  const stem = ['stem.0', 'stem.1', 'stem.2'].reduce(
    (x, name, at) => make.conv(x, name, [16, 32, 48][at] ?? 48, 2),
    input,
  );
  const at8 = make.add(stem, make.conv(stem, 'r8', 48, 1));
  let at16 = make.conv(at8, 's16.0', 64, 2);
  for (const name of ['s16.1', 's16.2']) at16 = make.add(at16, make.pair(at16, name, 64));
  let at32 = make.point(make.depthwise(at16, 's32.0.d', 2, false), 's32.0.p', 96, true);
  for (const name of ['s32.1', 's32.2']) at32 = make.add(at32, make.pair(at32, name, 96));
  const top32 = make.point(at32, 'l32', 48, true);
  const top16 = make.pair(make.add(make.point(at16, 'l16', 48, false), make.double(top32)), 'n16', 48);
  const top8 = make.point(make.add(at8, make.double(top16)), 'n8', 48, true);
  const heads = [make.conv(top8, 'h.0', 32, 1), make.pair(top16, 'h.1', 48), make.pair(top32, 'h.2', 48)];
  const outputs = heads.map((head, level) => make.point(head, `o.${level}`, 5, false));
  return tf.model({ inputs: input, outputs });
}
