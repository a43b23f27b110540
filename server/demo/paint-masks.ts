import sharp from 'sharp';
import type { MaskStyle } from './mask-shape.js';
import { maskSvg } from './mask-shape.js';
import type { SampleFace } from './sample-faces.js';
import type { RgbImage } from '../../models/image.js';

/** A face and the mask it is to wear. */
export interface MaskedFace {
  readonly face: SampleFace;
  readonly style: MaskStyle;
}

/**
 * Paints masks on a photograph. The cloth takes on the light of the place: where the photograph, blurred, is
 * darker or lighter than the face's average, so is the mask.
 *
 * @param path the photograph's file
 * @returns the painted photograph at its full size
 * @throws Error of sharp when the file cannot be read
 */
export async function paintMasks(path: string, masked: readonly MaskedFace[]): Promise<RgbImage> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (masked.length === 0) return { width, height, data };
  const shapes = masked.map(({ face, style }, index) => maskSvg(face, style, String(index))).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  const paint = await sharp(Buffer.from(svg)).blur(0.8).ensureAlpha().raw().toBuffer();
  const light = await sharp(path).greyscale().blur(30).raw().toBuffer();
  const mean = meanLight(
    light,
    width,
    masked.map(({ face }) => face),
  );
  blend(data, paint, light, mean);
  return { width, height, data };
}

/** The mean brightness under the faces, 1..255. */
function meanLight(light: Uint8Array, width: number, faces: readonly SampleFace[]): number {
  let sum = 0;
  let count = 0;
  for (const { box } of faces) {
    for (let y = box.y; y < box.y + box.height; y += 4) {
      for (let x = box.x; x < box.x + box.width; x += 4) {
        const value = light[y * width + x];
        if (value === undefined) continue;
        sum += value;
        count += 1;
      }
    }
  }
  return Math.max(1, sum / Math.max(1, count));
}

/** Lays rgba paint over rgb pixels, in place; white cloth in a dim room is dim too. */
function blend(pixels: Uint8Array, paint: Uint8Array, light: Uint8Array, mean: number): void {
  const exposure = Math.min(1, Math.max(0.45, mean / 135));
  for (let pixel = 0; pixel < light.length; pixel += 1) {
    const alpha = (paint[pixel * 4 + 3] ?? 0) / 255;
    if (alpha === 0) continue;
    const shade = exposure * Math.min(1.25, Math.max(0.6, 0.5 + (0.5 * (light[pixel] ?? mean)) / mean));
    for (let channel = 0; channel < 3; channel += 1) {
      const at = pixel * 3 + channel;
      const cloth = Math.min(255, (paint[pixel * 4 + channel] ?? 0) * shade);
      pixels[at] = Math.round((pixels[at] ?? 0) * (1 - alpha) + cloth * alpha);
    }
  }
}
