import { createRequire } from 'node:module';
import sharp from 'sharp';
import type { RgbImage } from '../../../models/image.js';

/** Path of a photograph with faces that comes with face-api; 1 to 6. */
export function samplePath(number: number): string {
  return createRequire(import.meta.url).resolve(`@vladmandic/face-api/demo/sample${number}.jpg`);
}

/** A sample photograph, cut and scaled to a size. */
export async function samplePicture(number: number, width: number, height: number): Promise<RgbImage> {
  const data = await sharp(samplePath(number))
    .resize(width, height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data };
}

/** A picture of one colour. */
export function plainPicture(
  width: number,
  height: number,
  colour: readonly [number, number, number],
): RgbImage {
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3] ?? 0),
  };
}
