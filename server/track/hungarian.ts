/**
 * Finds the assignment of rows to columns with the least total cost (Hungarian method with potentials, Jonker and
 * Volgenant's shortest augmenting paths, O(rows² · columns)).
 *
 * @param costs a full matrix, `costs[row][column]`, finite numbers; every row of the same length
 * @returns for each row its column, or -1 where there are more rows than columns
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return new Array<number>(rows).fill(-1);
  if (rows <= columns) return assignWide(costs, rows, columns);
  const turned = Array.from({ length: columns }, (_, column) => costs.map((row) => row[column] ?? 0));
  const answer = new Array<number>(rows).fill(-1);
  assignWide(turned, columns, rows).forEach((row, column) => (answer[row] = column));
  return answer;
}

/** The method itself; needs at least as many columns as rows. Index 0 of each array is the virtual start node. */
function assignWide(costs: readonly (readonly number[])[], rows: number, columns: number): number[] {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const from = new Int32Array(columns + 1);

  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const visited = new Uint8Array(columns + 1);
    do {
      visited[column] = 1;
      const current = at(rowOf, column);
      let delta = Infinity;
      let nearest = 0;
      for (let j = 1; j <= columns; j++) {
        if (at(visited, j) === 1) continue;
        const cost = costs[current - 1]?.[j - 1] ?? 0;
        const reduced = cost - at(rowPotential, current) - at(columnPotential, j);
        if (reduced < at(slack, j)) {
          slack[j] = reduced;
          from[j] = column;
        }
        if (at(slack, j) < delta) {
          delta = at(slack, j);
          nearest = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (at(visited, j) === 1) {
          rowPotential[at(rowOf, j)] = at(rowPotential, at(rowOf, j)) + delta;
          columnPotential[j] = at(columnPotential, j) - delta;
        } else {
          slack[j] = at(slack, j) - delta;
        }
      }
      column = nearest;
    } while (at(rowOf, column) !== 0);
    while (column !== 0) {
      const before = at(from, column);
      rowOf[column] = at(rowOf, before);
      column = before;
    }
  }

  const answer = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j++) {
    if (at(rowOf, j) !== 0) answer[at(rowOf, j) - 1] = j - 1;
  }
  return answer;
}

function at(values: Float64Array | Int32Array | Uint8Array, index: number): number {
  return values[index] ?? 0;
}
