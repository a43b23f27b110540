import { cutRegion, faceRegion } from '../../crop.js';
import type { Box, RgbImage } from '../../image.js';
import { maxPatchSide, patchMargin } from './patch-store.js';

/** Cuts the square patch that the store keeps of a face: twice the box's long side, at most 192 px, edges repeated. */
export function cutPatch(image: RgbImage, box: Box): RgbImage {
  const region = faceRegion(box, patchMargin);
  const side = Math.max(8, Math.min(maxPatchSide, Math.round(region.width)));
  const data = new Uint8Array(side * side * 3);
  cutRegion(image, region, side, data);
  return { width: side, height: side, data };
}
