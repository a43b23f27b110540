import type { Manifest } from '../../classify/manifest.js';
import type { WeightEntry } from '../../classify/int8-weights.js';
import { toHalf } from './float16.js';
import { toInt8 } from './int8.js';

/** How the filters of a weights folder may be stored. */
export type Precision = NonNullable<Manifest['precision']>;

/** A weight on its way into `weights.bin`. */
export interface StoredWeight {
  readonly entry: WeightEntry;
  readonly bytes: Buffer;
}

/**
 * Encodes one weight. As int8 are stored only the filters of convolutions and dense layers, which are nearly all of a
 * network's bytes; biases and norms stay float16.
 *
 * @param name as tfjs gives it, for example `conv1/kernel`
 */
export function storeWeight(
  name: string,
  shape: readonly number[],
  data: Float32Array,
  precision: Precision,
): StoredWeight {
  const entry = { name, shape: [...shape], dtype: 'float32' as const };
  if (precision === 'int8' && shape.length >= 2 && name.endsWith('kernel')) {
    const channels = outputChannels(name, shape);
    const { scales, values } = toInt8(data, channels);
    return {
      entry: { ...entry, quantization: { dtype: 'int8', channels } },
      bytes: Buffer.concat([Buffer.from(scales.buffer), Buffer.from(values.buffer)]),
    };
  }
  return {
    entry: { ...entry, quantization: { dtype: 'float16', original_dtype: 'float32' } },
    bytes: Buffer.from(Uint16Array.from(data, toHalf).buffer),
  };
}

/** A depthwise filter `[h, w, in, multiplier]` has its output channels in the last two axes, others in the last. */
function outputChannels(name: string, shape: readonly number[]): number {
  const last = shape.at(-1) ?? 1;
  return name.endsWith('depthwise_kernel') ? last * (shape.at(-2) ?? 1) : last;
}
