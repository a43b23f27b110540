import type { Box } from '../../image.js';
import { overlap } from '../../detect/overlap.js';
import type { Random } from '../random.js';

/** A face crop in the top left or top right of a square, the rest of which is nothing. */
export interface SquareCrop {
  /** rgb24, `side` x `side`. */
  readonly data: Uint8Array;
  readonly side: number;
  /** Where the crop lies in the square; from its top. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** Part of a crop's side over which it fades into the picture; crops have more margin than that around the face. */
const fade = 0.1;

/**
 * Lays a crop over a picture with soft edges, so that no network learns to look for rectangles.
 *
 * @param picture rgb24, `size` x `size`; written to
 * @param x where the crop's square begins, in pixels of the picture; it must lie inside
 */
export function pasteFace(crop: SquareCrop, picture: Uint8Array, size: number, x: number, y: number): void {
  const first = Math.ceil(crop.left);
  const columns = Math.floor(crop.width);
  const rows = Math.floor(crop.height);
  for (let row = 0; row < rows; row++) {
    const down = share(row, rows);
    for (let column = 0; column < columns; column++) {
      const weight = Math.min(down, share(column, columns));
      const from = (row * crop.side + first + column) * 3;
      const to = ((y + row) * size + x + first + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const old = picture[to + channel] ?? 0;
        picture[to + channel] = old + weight * ((crop.data[from + channel] ?? 0) - old);
      }
    }
  }
}

/** How much of a crop's pixel is seen, by its place along one side. */
function share(at: number, length: number): number {
  return Math.min(1, (Math.min(at, length - 1 - at) + 0.5) / Math.max(1, fade * length));
}

/**
 * A place for a square that touches no taken box; undefined where ten tries find none.
 *
 * @param size side of the picture in pixels
 */
export function freePlace(
  taken: readonly Box[],
  side: number,
  size: number,
  random: Random,
): { readonly x: number; readonly y: number } | undefined {
  for (let tries = 0; tries < 10; tries++) {
    const place = { x: random.below(size - side + 1), y: random.below(size - side + 1) };
    const box = { ...place, width: side, height: side };
    if (taken.every((other) => overlap(box, other) === 0)) return place;
  }
  return undefined;
}
