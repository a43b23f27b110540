import type { RgbImage } from '../../image.js';

/** The part of a picture's scaled version that is wanted, in scaled pixels. */
export interface ScaledPart {
  /** Scaled pixels for each pixel of the picture. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** For each output pixel of one direction: where its source pixels begin, and their weights. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: Float32Array;
  readonly count: number;
}

/**
 * Scales a part of a picture with a triangle filter that widens where it reduces: nearly the mean that the detector's own graph takes of
 * larger pictures.
 *
 * @param sharpness width of the filter as a part of that; below 1 it keeps more detail, and some aliasing
 * @returns `[height, width, 3]`, 0..255
 */
export function resample(source: RgbImage, part: ScaledPart, sharpness: number): Float32Array {
  const across = tapsOf(part.left, part.width, source.width, part.scale, sharpness);
  const down = tapsOf(part.top, part.height, source.height, part.scale, sharpness);
  const firstRow = down.first[0] ?? 0;
  const rows = (down.first[part.height - 1] ?? 0) + down.count - firstRow;
  const line = part.width * 3;
  const narrow = new Float32Array(rows * line);
  for (let row = 0; row < rows; row++) {
    const from = Math.min(firstRow + row, source.height - 1) * source.width * 3;
    for (let x = 0, to = row * line; x < part.width; x++, to += 3) {
      let [r, g, b] = [0, 0, 0];
      const first = across.first[x] ?? 0;
      for (let tap = 0; tap < across.count; tap++) {
        const weight = across.weights[x * across.count + tap] ?? 0;
        const at = from + Math.min(first + tap, source.width - 1) * 3;
        r += weight * (source.data[at] ?? 0);
        g += weight * (source.data[at + 1] ?? 0);
        b += weight * (source.data[at + 2] ?? 0);
      }
      narrow[to] = r;
      narrow[to + 1] = g;
      narrow[to + 2] = b;
    }
  }
  const out = new Float32Array(part.height * line);
  for (let y = 0; y < part.height; y++) {
    for (let tap = 0; tap < down.count; tap++) {
      const weight = down.weights[y * down.count + tap] ?? 0;
      if (weight === 0) continue;
      const from = ((down.first[y] ?? 0) - firstRow + tap) * line;
      const to = y * line;
      for (let i = 0; i < line; i++) out[to + i] = (out[to + i] ?? 0) + weight * (narrow[from + i] ?? 0);
    }
  }
  return out;
}

function tapsOf(start: number, length: number, total: number, scale: number, sharpness: number): Taps {
  const reach = Math.max(1, sharpness / scale);
  const count = Math.ceil(2 * reach) + 1;
  const first = new Int32Array(length);
  const weights = new Float32Array(length * count);
  for (let i = 0; i < length; i++) {
    const centre = (start + i + 0.5) / scale - 0.5;
    const begin = Math.min(Math.max(0, Math.ceil(centre - reach)), total - 1);
    first[i] = begin;
    let sum = 0;
    for (let tap = 0; tap < count; tap++) {
      const inside = begin + tap < total;
      const weight = inside ? Math.max(0, 1 - Math.abs(begin + tap - centre) / reach) : 0;
      weights[i * count + tap] = weight;
      sum += weight;
    }
    // Beyond the last pixel's middle no tap may be left: then that pixel alone counts.
    if (sum === 0) weights[i * count] = 1;
    else
      for (let tap = 0; tap < count; tap++) weights[i * count + tap] = (weights[i * count + tap] ?? 0) / sum;
  }
  return { first, weights, count };
}
