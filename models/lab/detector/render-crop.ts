import sharp, { type Sharp } from 'sharp';
import type { Random } from '../random.js';
import type { CropPlace } from './sample-plan.js';

/** A decoded photograph: rgb24, row-major. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Decodes a photograph once, for many crops. */
export async function decodePixels(path: string): Promise<Pixels> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/**
 * Cuts a training picture out of a photograph and makes it as bad as cameras do: light, tint, grey, blur, JPEG.
 *
 * @returns rgb24 of `size` x `size`; what lies outside the photograph is black, as at the edge of a letterboxed frame
 */
export async function renderCrop(
  source: Pixels,
  plan: CropPlace,
  size: number,
  random: Random,
): Promise<Buffer> {
  const { scale } = plan;
  const left = Math.max(0, plan.left);
  const top = Math.max(0, plan.top);
  const right = Math.min(source.width * scale, plan.left + size);
  const bottom = Math.min(source.height * scale, plan.top + size);
  const x = Math.min(Math.floor(left / scale), source.width - 1);
  const y = Math.min(Math.floor(top / scale), source.height - 1);
  const width = Math.max(1, Math.min(source.width - x, Math.round((right - left) / scale)));
  const height = Math.max(1, Math.min(source.height - y, Math.round((bottom - top) / scale)));
  const outWidth = Math.max(1, Math.min(size, Math.round(width * scale)));
  const outHeight = Math.max(1, Math.min(size, Math.round(height * scale)));
  const offsetX = Math.min(Math.max(0, -plan.left), size - outWidth);
  const offsetY = Math.min(Math.max(0, -plan.top), size - outHeight);
  let picture = sharp(source.data, { raw: { width: source.width, height: source.height, channels: 3 } })
    .extract({ left: x, top: y, width, height })
    .resize(outWidth, outHeight, { fit: 'fill', kernel: random.uniform() < 0.5 ? 'linear' : 'cubic' });
  if (random.uniform() < 0.12) picture = picture.blur(0.4 + random.uniform() * 1.4);
  const gain = Math.exp(random.normal() * 0.2);
  const tints = [0, 1, 2].map(() => gain * Math.exp(random.normal() * 0.06));
  const lift = random.normal() * 10;
  picture = picture.linear(tints, [lift, lift, lift]);
  const grey = random.uniform() < 0.08;
  const quality = random.uniform() < 0.3 ? Math.round(25 + random.uniform() * 65) : undefined;
  let raw = await toRaw(picture);
  if (grey) takeColour(raw);
  if (quality !== undefined) {
    const shape = { raw: { width: outWidth, height: outHeight, channels: 3 } } as const;
    raw = await toRaw(sharp(await sharp(raw, shape).jpeg({ quality }).toBuffer()));
  }
  return paste(raw, outWidth, outHeight, offsetX, offsetY, size, plan.mirrored);
}

async function toRaw(picture: Sharp): Promise<Buffer> {
  return picture.removeAlpha().toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer();
}

/** Luma of ITU-R BT.601 in all three channels, in place. */
function takeColour(rgb: Buffer): void {
  for (let at = 0; at < rgb.length; at += 3) {
    const luma = 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
    rgb.fill(Math.round(luma), at, at + 3);
  }
}

function paste(
  from: Buffer,
  width: number,
  height: number,
  left: number,
  top: number,
  size: number,
  mirrored: boolean,
): Buffer {
  const to = Buffer.alloc(size * size * 3);
  for (let y = 0; y < height; y++) {
    const row = (top + y) * size;
    if (!mirrored) {
      from.copy(to, (row + left) * 3, y * width * 3, (y + 1) * width * 3);
      continue;
    }
    for (let x = 0; x < width; x++) {
      const at = (row + size - 1 - left - x) * 3;
      from.copy(to, at, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  return to;
}
