import type { Box, RgbImage } from '../../models/image.js';

/** A face shrunk to a few grey values, row-major: enough to see that something about it changed, nothing to know it by. */
export type Sketch = Uint8Array;

const side = 8;
/** Samples averaged in each direction for one value. */
const samples = 3;
/** Mean difference of grey values, after the light was made equal, from which two sketches show different things. */
const different = 9;

/**
 * Sketches what is in a box of a picture; about 600 reads.
 *
 * @param box in pixels of the picture; may reach over its edge, where the edge is repeated
 */
export function sketchOf(image: RgbImage, box: Box): Sketch {
  const sketch = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      sketch[row * side + column] = cellGrey(image, box, row, column);
    }
  }
  return sketch;
}

/** Whether two sketches of one face differ by more than a small turn, a box that trembles or a change of the light. */
export function sketchesDiffer(a: Sketch, b: Sketch): boolean {
  const light = mean(a) - mean(b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0) - light);
  return sum > different * a.length;
}

function cellGrey(image: RgbImage, box: Box, row: number, column: number): number {
  let total = 0;
  for (let i = 0; i < samples; i++) {
    const y = inside(box.y + ((row + (i + 0.5) / samples) / side) * box.height, image.height);
    for (let j = 0; j < samples; j++) {
      const x = inside(box.x + ((column + (j + 0.5) / samples) / side) * box.width, image.width);
      const at = (y * image.width + x) * 3;
      // Green twice: near enough to what the eye calls bright.
      total += (image.data[at] ?? 0) + 2 * (image.data[at + 1] ?? 0) + (image.data[at + 2] ?? 0);
    }
  }
  return total / (4 * samples * samples);
}

function inside(position: number, limit: number): number {
  return Math.min(limit - 1, Math.max(0, Math.floor(position)));
}

function mean(values: Sketch): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
