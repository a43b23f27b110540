import type { Box } from '../image.js';
import type { Detection } from '../detector.js';

/** One output level of a dense detector for one picture: `[rows, columns, 5]` = logit, dx, dy, log w, log h. */
export interface DenseMap {
  readonly stride: number;
  readonly rows: number;
  readonly columns: number;
  /** Row-major, five numbers a cell. */
  readonly data: Float32Array;
}

/** `1 / (1 + exp(-x))`. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * The box of a cell, in pixels of the network's input: the centre lies at `(column + 0.5 + dx) * stride`, the size is
 * `exp(log) * stride`.
 */
export function boxOfCell(map: DenseMap, cell: number): Box {
  const { stride, columns, data } = map;
  const at = cell * 5;
  const width = Math.exp(data[at + 3] ?? 0) * stride;
  const height = Math.exp(data[at + 4] ?? 0) * stride;
  const x = ((cell % columns) + 0.5 + (data[at + 1] ?? 0)) * stride - width / 2;
  const y = (Math.floor(cell / columns) + 0.5 + (data[at + 2] ?? 0)) * stride - height / 2;
  return { x, y, width, height };
}

/** All boxes scored at least `minScore`, best first, before suppression. */
export function decode(maps: readonly DenseMap[], minScore: number): Detection[] {
  const least = Math.log(minScore / (1 - minScore));
  const found: Detection[] = [];
  for (const map of maps) {
    for (let cell = 0; cell < map.rows * map.columns; cell++) {
      const logit = map.data[cell * 5] ?? -Infinity;
      if (logit >= least) found.push({ box: boxOfCell(map, cell), score: sigmoid(logit) });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}
