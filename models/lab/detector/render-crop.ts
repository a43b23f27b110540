import sharp from 'sharp';
import type { RgbImage } from '../../image.js';
import { blur } from '../augment/blur.js';
import { jpegArtefacts } from '../augment/jpeg.js';
import type { Random } from '../random.js';
import { resample } from './resample.js';
import type { CropPlace } from './sample-plan.js';

/** Decodes a photograph once, for many crops. */
export async function decodePixels(path: string): Promise<RgbImage> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/**
 * Cuts a training picture out of a photograph and makes it as bad as cameras do: light, tint, grey, blur, JPEG. Plain code on
 * the calling thread: libvips would lower the priority of its own threads, and training would wait for them on a busy machine.
 *
 * @returns rgb24 of `size` x `size`; what lies outside the photograph is black, as at the edge of a letterboxed frame
 */
export function renderCrop(source: RgbImage, plan: CropPlace, size: number, random: Random): Uint8Array {
  const left = Math.max(0, plan.left);
  const top = Math.max(0, plan.top);
  const width = Math.max(1, Math.round(Math.min(source.width * plan.scale, plan.left + size) - left));
  const height = Math.max(1, Math.round(Math.min(source.height * plan.scale, plan.top + size) - top));
  const sharpness = random.uniform() < 0.5 ? 1 : 0.7;
  const part = { scale: plan.scale, left, top, width: Math.min(width, size), height: Math.min(height, size) };
  const seen = resample(source, part, sharpness);
  varyLight(seen, random);
  const square = new Float32Array(size * size * 3);
  const offsetX = Math.min(Math.max(0, -plan.left), size - part.width);
  const offsetY = Math.min(Math.max(0, -plan.top), size - part.height);
  for (let y = 0; y < part.height; y++) {
    const row = seen.subarray(y * part.width * 3, (y + 1) * part.width * 3);
    square.set(row, ((offsetY + y) * size + offsetX) * 3);
  }
  if (random.uniform() < 0.12) blur(square, size, 0.4 + random.uniform() * 1.4);
  if (random.uniform() < 0.3) jpegArtefacts(square, size, Math.round(25 + random.uniform() * 65));
  return toBytes(square, size, plan.mirrored);
}

/** Gain, tint and lift in place; now and then grey by the luma of ITU-R BT.601. */
function varyLight(pixels: Float32Array, random: Random): void {
  const gain = Math.exp(random.normal() * 0.2);
  const [red = 1, green = 1, blue = 1] = [0, 1, 2].map(() => gain * Math.exp(random.normal() * 0.06));
  const lift = random.normal() * 10;
  const grey = random.uniform() < 0.08;
  for (let at = 0; at < pixels.length; at += 3) {
    let r = red * (pixels[at] ?? 0) + lift;
    let g = green * (pixels[at + 1] ?? 0) + lift;
    let b = blue * (pixels[at + 2] ?? 0) + lift;
    if (grey) r = g = b = 0.299 * r + 0.587 * g + 0.114 * b;
    pixels[at] = Math.min(Math.max(r, 0), 255);
    pixels[at + 1] = Math.min(Math.max(g, 0), 255);
    pixels[at + 2] = Math.min(Math.max(b, 0), 255);
  }
}

function toBytes(square: Float32Array, size: number, mirrored: boolean): Uint8Array {
  const bytes = new Uint8ClampedArray(square.length);
  if (!mirrored) bytes.set(square);
  for (let y = 0; mirrored && y < size; y++) {
    for (let x = 0, from = y * size * 3; x < size; x++, from += 3) {
      const to = (y * size + size - 1 - x) * 3;
      bytes[to] = square[from] ?? 0;
      bytes[to + 1] = square[from + 1] ?? 0;
      bytes[to + 2] = square[from + 2] ?? 0;
    }
  }
  return new Uint8Array(bytes.buffer);
}
