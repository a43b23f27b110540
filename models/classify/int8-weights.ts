import type { io } from '@tensorflow/tfjs';
import { z } from 'zod';

/**
 * How a weight is stored as int8, symmetric by output channel: in `weights.bin` first `channels` float32 scales, then one
 * int8 an element. Element `i` stands for `value * scales[i % channels]`: the output channel is the fastest index, in a
 * depthwise filter `[h, w, in, multiplier]` too, where it is the last two together.
 */
const int8Schema = z.strictObject({ dtype: z.literal('int8'), channels: z.int().positive() });

/** One weight of a `model.json`, as far as its place in `weights.bin` needs it. */
export const weightEntrySchema = z.looseObject({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .union([int8Schema, z.looseObject({ dtype: z.enum(['float16', 'uint8', 'uint16']) })])
    .optional(),
});

/** One weight of a `model.json`. */
export type WeightEntry = z.infer<typeof weightEntrySchema>;

/** Weights as tfjs takes them. */
export interface PlainWeights {
  readonly weightSpecs: io.WeightsManifestEntry[];
  readonly weightData: ArrayBuffer;
}

/** Bytes an element, by how it is stored. */
const widths = { float32: 4, int32: 4, bool: 1, float16: 2, uint8: 1, uint16: 2 } as const;

/**
 * Widens int8 weights to float32, which tfjs knows; the others stay as they are stored.
 *
 * @throws RangeError where the bytes are not as many as the entries need
 */
export function expandInt8(entries: readonly WeightEntry[], bytes: Uint8Array): PlainWeights {
  const parts: Uint8Array[] = [];
  let offset = 0;
  const take = (length: number): Uint8Array => {
    const part = bytes.subarray(offset, offset + length);
    offset += length;
    return part;
  };
  const weightSpecs = entries.map((entry) => {
    const { quantization, dtype } = entry;
    const size = entry.shape.reduce((product, n) => product * n, 1);
    if (quantization?.dtype !== 'int8') {
      parts.push(take(size * widths[quantization?.dtype ?? dtype]));
      return entry;
    }
    const { channels } = int8Schema.parse(quantization);
    const scales = take(channels * 4);
    if (offset + size > bytes.length) throw lengthError(bytes.length);
    parts.push(widen(scales, take(size)));
    return { name: entry.name, shape: entry.shape, dtype };
  });
  if (offset !== bytes.length) throw lengthError(bytes.length);
  return {
    weightSpecs: weightSpecs as io.WeightsManifestEntry[],
    weightData: new Uint8Array(Buffer.concat(parts)).buffer,
  };
}

function widen(scaleBytes: Uint8Array, values: Uint8Array): Uint8Array {
  const scales = new Float32Array(Uint8Array.from(scaleBytes).buffer);
  const signed = new Int8Array(values.buffer, values.byteOffset, values.length);
  const wide = Float32Array.from(signed, (value, i) => value * (scales[i % scales.length] ?? 0));
  return new Uint8Array(wide.buffer);
}

function lengthError(length: number): RangeError {
  return new RangeError(`has ${length} bytes, which do not fit the weights that model.json lists`);
}
