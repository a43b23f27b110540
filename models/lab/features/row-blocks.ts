/** Rows of equal width, one after another, as one vector. */
export interface RowBlock {
  readonly values: Float32Array;
  /** Numbers in a row. */
  readonly width: number;
}

/** Puts the rows of two blocks side by side; both have equally many. */
export function besides(left: RowBlock, right: RowBlock): RowBlock {
  const width = left.width + right.width;
  const count = left.values.length / left.width;
  const values = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    values.set(rowOf(left, i), i * width);
    values.set(rowOf(right, i), i * width + left.width);
  }
  return { values, width };
}

/** Takes rows apart: the first `first` numbers of each, and the rest. */
export function apart(rows: RowBlock, first: number): [Float32Array, Float32Array] {
  const rest = rows.width - first;
  if (rest === 0) return [rows.values, new Float32Array()];
  const count = rows.values.length / rows.width;
  const [left, right] = [new Float32Array(count * first), new Float32Array(count * rest)];
  for (let i = 0; i < count; i++) {
    const row = rowOf(rows, i);
    left.set(row.subarray(0, first), i * first);
    right.set(row.subarray(first), i * rest);
  }
  return [left, right];
}

/** Numbers in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function rowOf({ values, width }: RowBlock, i: number): Float32Array {
  return values.subarray(i * width, (i + 1) * width);
}
