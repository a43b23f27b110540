import type { Box } from '../../image.js';
import { warp } from '../augment/warp.js';

/**
 * Turns a square picture about its middle, clockwise as seen; what comes from outside is black, as beside a letterboxed
 * frame. Bilinear.
 *
 * @param pixels rgb24, `size` x `size`
 * @param angle in radians
 */
export function turnPicture(pixels: Uint8Array, size: number, angle: number): Uint8Array {
  const [along, across] = [size * Math.cos(angle), size * Math.sin(angle)];
  const map = { a: along, b: across, c: -across, d: along, tx: 0, ty: 0 };
  const turned = warp({ data: pixels, width: size, height: size }, map, size, 'black');
  return new Uint8Array(Uint8ClampedArray.from(turned).buffer);
}

/**
 * Where a face's box lies in the turned picture: around the turned middle, as wide and high as an ellipse in the box becomes.
 *
 * @returns undefined where its middle leaves the picture
 */
export function turnBox(box: Box, size: number, angle: number): Box | undefined {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const offX = box.x + box.width / 2 - size / 2;
  const offY = box.y + box.height / 2 - size / 2;
  const x = size / 2 + offX * cos - offY * sin;
  const y = size / 2 + offX * sin + offY * cos;
  if (x < 0 || y < 0 || x > size || y > size) return undefined;
  const width = Math.hypot(box.width * cos, box.height * sin);
  const height = Math.hypot(box.width * sin, box.height * cos);
  return { x: x - width / 2, y: y - height / 2, width, height };
}
