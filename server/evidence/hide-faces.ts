import type { Box, RgbImage } from '../../models/image.js';

/** Part of a face's width and height that is hidden on each of its sides as well: hair, ears and chin tell much. */
const margin = 0.35;
/** Colours are rounded to multiples of this, so that a tile says next to nothing of what was under it. */
const colourStep = 32;

/**
 * Makes faces unrecognisable, in place: each box with a margin becomes a few tiles of one rounded colour. What is lost cannot be
 * brought back, as three by three tiles of eight steps a channel hold no features; one tile holds none at all.
 *
 * @param boxes in pixels of the picture; may reach over its edge
 * @param tiles along each side of a box: 1 is a single colour
 */
export function hideFaces({ width, height, data }: RgbImage, boxes: readonly Box[], tiles: number): void {
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x - margin * box.width));
    const top = Math.max(0, Math.floor(box.y - margin * box.height));
    const right = Math.min(width, Math.ceil(box.x + (1 + margin) * box.width));
    const bottom = Math.min(height, Math.ceil(box.y + (1 + margin) * box.height));
    if (right <= left || bottom <= top) continue;
    const edge = (from: number, to: number, n: number) => from + Math.round(((to - from) * n) / tiles);
    for (let row = 0; row < tiles; row++) {
      for (let column = 0; column < tiles; column++) {
        fillTile(data, width, {
          left: edge(left, right, column),
          right: edge(left, right, column + 1),
          top: edge(top, bottom, row),
          bottom: edge(top, bottom, row + 1),
        });
      }
    }
  }
}

interface Tile {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Gives a tile its rounded mean colour. */
function fillTile(data: Uint8Array, width: number, { left, top, right, bottom }: Tile): void {
  const pixels = (right - left) * (bottom - top);
  if (pixels <= 0) return;
  const sums = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at++) {
      sums[at % 3] = (sums[at % 3] ?? 0) + (data[at] ?? 0);
    }
  }
  const colour = sums.map((sum) => Math.min(255, Math.round(sum / pixels / colourStep) * colourStep));
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at++) data[at] = colour[at % 3] ?? 0;
  }
}
