import type { RgbImage } from '../../models/image.js';

/** A frame shrunk to grey values 0..255, row-major, `thumbnailWidth x thumbnailHeight`. */
export type Thumbnail = Float32Array;

/** Columns of a thumbnail. */
export const thumbnailWidth = 32;
/** Rows of a thumbnail. */
export const thumbnailHeight = 18;

/** Samples averaged in each direction for one cell. */
const samples = 4;
/** How far a camera may have panned between two frames, in cells. */
const panX = 8;
const panY = 3;
/** Two frames of one scene still look alike at some shift: least correlation, -1..1. */
const sameScene = 0.6;
/** Below this contrast (standard deviation of grey values) a frame is plain, and its structure says nothing. */
const plain = 4;
/** Plain frames of one scene differ by less than this in mean grey value. */
const sameGrey = 40;

/** Shrinks a picture to a thumbnail; a few thousand reads, whatever the picture's size. */
export function thumbnail(image: RgbImage): Thumbnail {
  const cells = new Float32Array(thumbnailWidth * thumbnailHeight);
  for (let row = 0; row < thumbnailHeight; row++) {
    for (let column = 0; column < thumbnailWidth; column++) {
      cells[row * thumbnailWidth + column] = cellGrey(image, row, column);
    }
  }
  return cells;
}

/**
 * Whether two successive analysed frames show different scenes. A pan is no cut (the best shift of one frame over the other
 * is sought), nor is a change of the light (only the structure is compared).
 */
export function isCut(before: Thumbnail, after: Thumbnail): boolean {
  const whole = statistics(before, after, 0, 0);
  const plainBefore = Math.sqrt(whole.varianceA) < plain;
  const plainAfter = Math.sqrt(whole.varianceB) < plain;
  if (plainBefore && plainAfter) return Math.abs(whole.meanA - whole.meanB) > sameGrey;
  if (plainBefore || plainAfter) return true;
  if (correlation(whole) >= sameScene) return false;
  let best = -1;
  for (let dy = -panY; dy <= panY; dy++) {
    for (let dx = -panX; dx <= panX; dx++) {
      best = Math.max(best, correlation(statistics(before, after, dx, dy)));
    }
  }
  return best < sameScene;
}

function cellGrey(image: RgbImage, row: number, column: number): number {
  let total = 0;
  for (let i = 0; i < samples; i++) {
    const y = Math.floor(((row + (i + 0.5) / samples) / thumbnailHeight) * image.height);
    for (let j = 0; j < samples; j++) {
      const x = Math.floor(((column + (j + 0.5) / samples) / thumbnailWidth) * image.width);
      const at = (y * image.width + x) * 3;
      // Rec. 601 luma.
      total +=
        0.299 * (image.data[at] ?? 0) + 0.587 * (image.data[at + 1] ?? 0) + 0.114 * (image.data[at + 2] ?? 0);
    }
  }
  return total / (samples * samples);
}

interface Statistics {
  readonly meanA: number;
  readonly meanB: number;
  readonly varianceA: number;
  readonly varianceB: number;
  readonly covariance: number;
}

/** Statistics of the part that both share when `b` is laid over `a`, shifted by `dx`, `dy` cells. */
function statistics(a: Thumbnail, b: Thumbnail, dx: number, dy: number): Statistics {
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  let sumAA = 0;
  let sumBB = 0;
  let sumAB = 0;
  for (let row = Math.max(0, dy); row < Math.min(thumbnailHeight, thumbnailHeight + dy); row++) {
    for (let column = Math.max(0, dx); column < Math.min(thumbnailWidth, thumbnailWidth + dx); column++) {
      const valueA = a[row * thumbnailWidth + column] ?? 0;
      const valueB = b[(row - dy) * thumbnailWidth + column - dx] ?? 0;
      n++;
      sumA += valueA;
      sumB += valueB;
      sumAA += valueA * valueA;
      sumBB += valueB * valueB;
      sumAB += valueA * valueB;
    }
  }
  const meanA = sumA / n;
  const meanB = sumB / n;
  return {
    meanA,
    meanB,
    varianceA: sumAA / n - meanA * meanA,
    varianceB: sumBB / n - meanB * meanB,
    covariance: sumAB / n - meanA * meanB,
  };
}

/** Pearson's correlation, -1..1. */
function correlation({ varianceA, varianceB, covariance }: Statistics): number {
  return covariance / Math.sqrt(Math.max(varianceA * varianceB, 1e-9));
}
