/** Luminance quantisation of ITU-T T.81, annex K, in rows. */
const table = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

const cosines = Float32Array.from({ length: 64 }, (_, i) => {
  const [frequency, place] = [i >> 3, i & 7];
  return (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
});

/**
 * Leaves the artefacts of JPEG compression in a square picture, in place: 8x8 cosine transform, the standard's
 * quantisation, and back, on each channel. No bits are coded, so it costs a tenth of a real encoder and stays exact from
 * run to run.
 * @param quality 1..100, as libjpeg scales it
 */
export function jpegArtefacts(pixels: Float32Array, size: number, quality: number): void {
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50;
  const steps = Float32Array.from(table, (value) => Math.max(1, value * scale));
  const block = new Float32Array(64);
  const scratch = new Float32Array(64);
  for (let top = 0; top + 8 <= size; top += 8) {
    for (let left = 0; left + 8 <= size; left += 8) {
      for (let channel = 0; channel < 3; channel++) {
        const start = (top * size + left) * 3 + channel;
        for (let i = 0; i < 64; i++) block[i] = pixels[start + ((i >> 3) * size + (i & 7)) * 3] ?? 0;
        transform(block, scratch, false);
        for (let i = 0; i < 64; i++)
          block[i] = Math.round((block[i] ?? 0) / (steps[i] ?? 1)) * (steps[i] ?? 1);
        transform(block, scratch, true);
        for (let i = 0; i < 64; i++) pixels[start + ((i >> 3) * size + (i & 7)) * 3] = block[i] ?? 0;
      }
    }
  }
}

/** The 8x8 cosine transform or its inverse, in place: rows, then columns. */
function transform(block: Float32Array, scratch: Float32Array, inverse: boolean): void {
  pass(block, scratch, inverse);
  pass(scratch, block, inverse);
}

/** Transforms each row of `from` into a column of `to`; two passes give both directions. */
function pass(from: Float32Array, to: Float32Array, inverse: boolean): void {
  for (let row = 0; row < 8; row++) {
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let i = 0; i < 8; i++) {
        sum += (from[row * 8 + i] ?? 0) * (cosines[inverse ? i * 8 + k : k * 8 + i] ?? 0);
      }
      to[k * 8 + row] = sum;
    }
  }
}
