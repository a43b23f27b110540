import type { RgbImage } from '../../image.js';
import type { Random } from '../random.js';
import { blur } from './blur.js';
import { drawGeometry } from './geometry.js';
import { jpegArtefacts } from './jpeg.js';
import { addNoise, occlude, varyLight } from './light.js';
import type { Augmentation } from './settings.js';
import { enlarge, warp } from './warp.js';

/**
 * Makes one training picture out of a stored patch.
 * @param size side of the picture in pixels
 * @param target takes rgb24 at `offset`
 */
export function augment(
  patch: RgbImage,
  settings: Augmentation,
  size: number,
  random: Random,
  target: Uint8Array,
  offset = 0,
): void {
  const map = drawGeometry(settings, patch.width, random);
  const chance = (p: number): boolean => random.uniform() < p;
  const small = drawSmallSide(settings, random);
  const pixels = chance(settings.shrink)
    ? enlarge(warp(patch, map, small), small, size)
    : warp(patch, map, size);
  if (chance(settings.occlusion)) occlude(pixels, size, random);
  if (chance(settings.blur)) blur(pixels, size, 0.4 + 1.1 * random.uniform());
  varyLight(pixels, settings, random);
  if (chance(settings.noise)) addNoise(pixels, 1 + 9 * random.uniform(), random);
  if (chance(settings.jpeg)) jpegArtefacts(pixels, size, 25 + 65 * random.uniform());
  for (let i = 0; i < pixels.length; i++)
    target[offset + i] = Math.min(255, Math.max(0, (pixels[i] ?? 0) + 0.5));
}

/** Side in pixels of the small picture that a face goes through, where it does: whole, log-uniform in `shrinkTo`. */
export function drawSmallSide({ shrinkTo: [least, most] }: Augmentation, random: Random): number {
  return Math.round(least * (most / least) ** random.uniform());
}
