import type { Box, RgbImage } from './image.js';

/**
 * The square that a classifier sees of a face.
 *
 * @param box the face, in pixels of its picture
 * @param margin side of the square as a multiple of the box's long side
 * @returns a square around the box's centre; may reach over the picture's edge
 */
export function faceRegion(box: Box, margin: number): Box {
  const side = Math.max(box.width, box.height) * margin;
  return {
    x: box.x + (box.width - side) / 2,
    y: box.y + (box.height - side) / 2,
    width: side,
    height: side,
  };
}

/**
 * The face's box in a picture that is a face crop already.
 *
 * @param fill the part of the picture's width and height that the face is taken to fill, 0..1
 */
export function facePictureBox(
  picture: { readonly width: number; readonly height: number },
  fill: number,
): Box {
  const { width, height } = picture;
  return {
    x: (width * (1 - fill)) / 2,
    y: (height * (1 - fill)) / 2,
    width: width * fill,
    height: height * fill,
  };
}

/**
 * Cuts a region out of a picture and brings it to a square of `size` pixels. Each output pixel is the mean of the source
 * under it, or under one source pixel's width where the region is enlarged: that is an area filter downwards and bilinear
 * interpolation upwards, in one formula. Pixels outside the picture repeat its edge. Training and serving share this
 * function, so a network never meets crops that it was not taught.
 *
 * @param region in pixels of the picture, continuous: pixel 0 covers 0..1; width and height above 0
 * @param size side of the output in pixels
 * @param target rgb24, row-major, at least `offset + size * size * 3` bytes; takes the crop
 * @param offset where in `target` the crop begins
 */
export function cutRegion(image: RgbImage, region: Box, size: number, target: Uint8Array, offset = 0): void {
  if (!(region.width > 0 && region.height > 0)) {
    throw new RangeError(`A region must have a size, got ${region.width}x${region.height}`);
  }
  const columns = filterTaps(region.x, region.width, size, image.width);
  const rows = filterTaps(region.y, region.height, size, image.height);
  const line = new Float32Array(image.width * 3);
  for (let y = 0; y < size; y++) {
    sumRows(image, rows, y, columns, line);
    sumColumns(line, columns, size, target, offset + y * size * 3);
  }
}

/** For each output position `o` the source positions `indices[starts[o] .. starts[o + 1]]` and their weights, which sum to 1. */
interface FilterTaps {
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly weights: Float32Array;
  readonly first: number;
  readonly last: number;
}

function filterTaps(begin: number, length: number, size: number, limit: number): FilterTaps {
  const step = length / size;
  const reach = Math.max(1, step);
  const perOutput = Math.ceil(reach) + 1;
  const starts = new Int32Array(size + 1);
  const indices = new Int32Array(size * perOutput);
  const weights = new Float32Array(size * perOutput);
  let count = 0;
  for (let o = 0; o < size; o++) {
    starts[o] = count;
    const low = begin + (o + 0.5) * step - reach / 2;
    const high = low + reach;
    for (let i = Math.floor(low); i < high; i++) {
      const covered = Math.min(high, i + 1) - Math.max(low, i);
      if (covered <= 0) continue;
      indices[count] = Math.min(Math.max(i, 0), limit - 1);
      weights[count] = covered / reach;
      count++;
    }
  }
  starts[size] = count;
  return { starts, indices, weights, first: indices[0] ?? 0, last: indices[count - 1] ?? 0 };
}

/**
 * Fills `line`, under the columns only, with the weighted sum of the picture's rows that output row `y` covers. Two rows at a time:
 * that halves how often the line is read and written.
 */
function sumRows(
  image: RgbImage,
  rows: FilterTaps,
  y: number,
  columns: FilterTaps,
  line: Float32Array,
): void {
  const { data, width } = image;
  const from = columns.first * 3;
  const to = (columns.last + 1) * 3;
  const start = rows.starts[y] ?? 0;
  const end = rows.starts[y + 1] ?? 0;
  for (let tap = start; tap < end; tap += 2) {
    const upper = (rows.indices[tap] ?? 0) * width * 3;
    const weight = rows.weights[tap] ?? 0;
    // Where the number of rows is odd, the last one is taken together with itself, for nothing.
    const paired = tap + 1 < end;
    const lower = paired ? (rows.indices[tap + 1] ?? 0) * width * 3 : upper;
    const other = paired ? (rows.weights[tap + 1] ?? 0) : 0;
    if (tap === start) {
      for (let i = from; i < to; i++) {
        line[i] = weight * (data[upper + i] ?? 0) + other * (data[lower + i] ?? 0);
      }
    } else {
      for (let i = from; i < to; i++) {
        line[i] = (line[i] ?? 0) + (weight * (data[upper + i] ?? 0) + other * (data[lower + i] ?? 0));
      }
    }
  }
}

/** Writes one output row of `size` pixels. The sums begin at one half, so that cutting off the fraction rounds. */
function sumColumns(
  line: Float32Array,
  columns: FilterTaps,
  size: number,
  target: Uint8Array,
  offset: number,
): void {
  let out = offset;
  for (let x = 0; x < size; x++) {
    let red = 0.5;
    let green = 0.5;
    let blue = 0.5;
    const end = columns.starts[x + 1] ?? 0;
    for (let tap = columns.starts[x] ?? 0; tap < end; tap++) {
      const base = (columns.indices[tap] ?? 0) * 3;
      const weight = columns.weights[tap] ?? 0;
      red += weight * (line[base] ?? 0);
      green += weight * (line[base + 1] ?? 0);
      blue += weight * (line[base + 2] ?? 0);
    }
    target[out++] = red;
    target[out++] = green;
    target[out++] = blue;
  }
}
