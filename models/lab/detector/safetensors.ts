import { readFile } from 'node:fs/promises';

/** A float32 tensor with its name's shape. */
export interface NamedTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Reads a safetensors file (format 0.4: 8 bytes of header length, a JSON header, the data).
 *
 * @returns float32 tensors by name; float16 ones are widened
 * @throws Error on other element types
 */
export async function readSafetensors(path: string): Promise<Map<string, NamedTensor>> {
  const file = await readFile(path);
  const headerLength = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', 8, 8 + headerLength)) as Record<string, Entry>;
  const body = file.subarray(8 + headerLength);
  const tensors = new Map<string, NamedTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const bytes = body.subarray(...entry.data_offsets);
    tensors.set(name, { shape: entry.shape, data: toFloat32(name, entry.dtype, bytes) });
  }
  return tensors;
}

function toFloat32(name: string, dtype: string, bytes: Buffer): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (dtype === 'F32') {
    return Float32Array.from({ length: bytes.length / 4 }, (_, at) => view.getFloat32(at * 4, true));
  }
  if (dtype === 'F16') {
    return Float32Array.from({ length: bytes.length / 2 }, (_, at) => fromHalf(view.getUint16(at * 2, true)));
  }
  throw new Error(`Tensor ${name} is of type ${dtype}; only F32 and F16 can be read`);
}

/** IEEE 754 binary16 to a number. */
function fromHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** PyTorch's convolution weights `[out, in, h, w]` as TensorFlow's `[h, w, in, out]`. */
export function toHwio({ shape, data }: NamedTensor): NamedTensor {
  const [out = 1, input = 1, height = 1, width = 1] = shape;
  const moved = new Float32Array(data.length);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let i = 0; i < input; i++) {
        for (let o = 0; o < out; o++) {
          moved[at++] = data[((o * input + i) * height + y) * width + x] ?? 0;
        }
      }
    }
  }
  return { shape: [height, width, input, out], data: moved };
}

/** PyTorch's depthwise weights `[channels, 1, h, w]` as TensorFlow's `[h, w, channels, 1]`. */
export function toDepthwise({ shape, data }: NamedTensor): NamedTensor {
  const [channels = 1, , height = 1, width = 1] = shape;
  const moved = toHwio({ shape: [channels, 1, height, width], data });
  return { shape: [height, width, channels, 1], data: moved.data };
}
