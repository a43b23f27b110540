import type { RgbImage } from '../../models/image.js';

/** A frame shrunk to brightness 0..255, row-major, `columns x rows`: what the eye of a motion detector sees. */
export type Glance = Uint8Array;

const columns = 32;
const rows = 18;
/** Samples averaged in each direction for one value. A frame of 640 pixels is sampled every seventh pixel. */
const samples = 3;
/** A cell that changed by more than this shows something new; noise and coding change a cell by less. */
const moved = 6;

/** Shrinks a frame; some 5000 reads, whatever the frame's size. */
export function glanceAt({ width, height, data }: RgbImage): Glance {
  const across = samplePlaces(columns, width, 3);
  const down = samplePlaces(rows, height, width * 3);
  const glance = new Uint8Array(columns * rows);
  let cell = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let total = 0;
      for (let i = row * samples; i < (row + 1) * samples; i++) {
        const line = down[i] ?? 0;
        for (let j = column * samples; j < (column + 1) * samples; j++) {
          // Green alone: most of what is bright, and a third of the reads.
          total += data[line + (across[j] ?? 0) + 1] ?? 0;
        }
      }
      glance[cell++] = total / (samples * samples);
    }
  }
  return glance;
}

/**
 * Whether nothing moved between two frames of one camera: no cell changed, whatever the others did. Compare with the frame that was
 * looked at last, not with the one before: then what creeps is seen as well, once it is far enough.
 */
export function isStill(before: Glance, now: Glance): boolean {
  for (let cell = 0; cell < now.length; cell++) {
    if (Math.abs((now[cell] ?? 0) - (before[cell] ?? 0)) > moved) return false;
  }
  return true;
}

function samplePlaces(cells: number, length: number, step: number): Int32Array {
  const places = cells * samples;
  return Int32Array.from({ length: places }, (_, i) => Math.floor(((i + 0.5) / places) * length) * step);
}
