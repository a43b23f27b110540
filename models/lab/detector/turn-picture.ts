import type { Box } from '../../image.js';

/**
 * Turns a square picture about its middle, clockwise as seen; what comes from outside is black, as beside a letterboxed
 * frame. Bilinear.
 *
 * @param pixels rgb24, `size` x `size`
 * @param angle in radians
 */
export function turnPicture(pixels: Uint8Array, size: number, angle: number): Uint8Array {
  const turned = new Uint8Array(pixels.length);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const middle = (size - 1) / 2;
  for (let y = 0, to = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += 3) {
      const fromX = middle + (x - middle) * cos + (y - middle) * sin;
      const fromY = middle - (x - middle) * sin + (y - middle) * cos;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      if (left < 0 || top < 0 || left >= size - 1 || top >= size - 1) continue;
      const across = fromX - left;
      const down = fromY - top;
      const at = (top * size + left) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const a = pixels[at + channel] ?? 0;
        const b = pixels[at + channel + 3] ?? 0;
        const c = pixels[at + channel + size * 3] ?? 0;
        const d = pixels[at + channel + size * 3 + 3] ?? 0;
        const high = a + across * (b - a);
        turned[to + channel] = high + down * (c + across * (d - c) - high) + 0.5;
      }
    }
  }
  return turned;
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
