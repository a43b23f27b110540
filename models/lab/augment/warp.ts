import type { RgbImage } from '../../image.js';

/**
 * A linear map from the output square to the source, both measured from their centres: output coordinates run from
 * -0.5 to 0.5, source coordinates are pixels. `x = a u + b v + tx`, `y = c u + d v + ty`.
 */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly tx: number;
  readonly ty: number;
}

/**
 * Samples a picture through a map into a square of `size` pixels. Where the picture is reduced, each output pixel is the
 * mean of several bilinear samples, so that nothing aliases.
 *
 * @param outside what lies outside the picture: its edge repeated, or black
 */
export function warp(
  image: RgbImage,
  map: Affine,
  size: number,
  outside: 'edge' | 'black' = 'edge',
): Float32Array {
  const out = new Float32Array(size * size * 3);
  const reduction = Math.max(Math.hypot(map.a, map.c), Math.hypot(map.b, map.d)) / size;
  const taps = Math.min(8, Math.max(1, Math.ceil(reduction * 0.95)));
  const share = 1 / (taps * taps);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at += 3) {
      for (let tap = 0; tap < taps * taps; tap++) {
        const u = (column + ((tap % taps) + 0.5) / taps) / size - 0.5;
        const v = (row + (Math.floor(tap / taps) + 0.5) / taps) / size - 0.5;
        const x = map.a * u + map.b * v + map.tx + image.width / 2 - 0.5;
        const y = map.c * u + map.d * v + map.ty + image.height / 2 - 0.5;
        if (outside === 'black' && (x < 0 || y < 0 || x > image.width - 1 || y > image.height - 1)) continue;
        addSample(image, x, y, share, out, at);
      }
    }
  }
  return out;
}

/** Adds a bilinear sample at pixel centre coordinates. */
function addSample(
  { width, height, data }: RgbImage,
  x: number,
  y: number,
  share: number,
  out: Float32Array,
  at: number,
): void {
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const fx = cx - x0;
  const fy = cy - y0;
  const right = x0 + 1 < width ? 3 : 0;
  const p = (y0 * width + x0) * 3;
  const q = y0 + 1 < height ? p + width * 3 : p;
  const w00 = (1 - fx) * (1 - fy) * share;
  const w01 = fx * (1 - fy) * share;
  const w10 = (1 - fx) * fy * share;
  const w11 = fx * fy * share;
  for (let channel = 0; channel < 3; channel++) {
    const value =
      w00 * (data[p + channel] ?? 0) +
      w01 * (data[p + right + channel] ?? 0) +
      w10 * (data[q + channel] ?? 0) +
      w11 * (data[q + right + channel] ?? 0);
    out[at + channel] = (out[at + channel] ?? 0) + value;
  }
}

/** Enlarges a square float picture bilinearly. */
export function enlarge(small: Float32Array, from: number, to: number): Float32Array {
  const data = new Float32Array(to * to * 3);
  const first = new Int32Array(to);
  const part = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const at = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    first[i] = Math.min(Math.floor(at), Math.max(0, from - 2));
    part[i] = at - (first[i] ?? 0);
  }
  const step = from > 1 ? 1 : 0;
  for (let y = 0, out = 0; y < to; y++) {
    const top = (first[y] ?? 0) * from;
    const fy = part[y] ?? 0;
    for (let x = 0; x < to; x++) {
      const p = (top + (first[x] ?? 0)) * 3;
      const fx = part[x] ?? 0;
      for (let channel = 0; channel < 3; channel++, out++) {
        const a = small[p + channel] ?? 0;
        const b = small[p + step * 3 + channel] ?? 0;
        const c = small[p + step * from * 3 + channel] ?? 0;
        const d = small[p + step * (from + 1) * 3 + channel] ?? 0;
        data[out] = (a * (1 - fx) + b * fx) * (1 - fy) + (c * (1 - fx) + d * fx) * fy;
      }
    }
  }
  return data;
}
