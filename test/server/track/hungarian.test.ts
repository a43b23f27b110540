import { expect } from 'chai';
import fc from 'fast-check';
import { assign } from '../../../server/track/hungarian.js';

/** The least cost by trying every assignment. */
function leastCost(costs: readonly (readonly number[])[], row = 0, used = new Set<number>()): number {
  const current = costs[row];
  if (current === undefined) return 0;
  const skips = costs.length - current.length;
  let best = skips > 0 && row - used.size < skips ? leastCost(costs, row + 1, used) : Infinity;
  current.forEach((cost, column) => {
    if (used.has(column)) return;
    best = Math.min(best, cost + leastCost(costs, row + 1, new Set([...used, column])));
  });
  return best;
}

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe('assign', () => {
  it('prefers the best sum to the best single pair', () => {
    expect(
      assign([
        [1, 2],
        [1, 9],
      ]),
    ).to.deep.equal([1, 0]);
  });

  it('leaves rows over when there are more of them than columns', () => {
    expect(assign([[5], [1], [7]])).to.deep.equal([-1, 0, -1]);
  });

  it('has nothing to say about empty matrices', () => {
    expect(assign([])).to.deep.equal([]);
    expect(assign([[], []])).to.deep.equal([-1, -1]);
  });

  it('finds the least total cost of any small matrix, each column used once', () => {
    fc.assert(
      fc.property(matrices, (costs) => {
        const answer = assign(costs);
        const columns = answer.filter((column) => column >= 0);
        expect(columns.length).to.equal(Math.min(costs.length, costs[0]?.length ?? 0));
        expect(new Set(columns).size).to.equal(columns.length);
        const total = answer.reduce((sum, column, row) => sum + (costs[row]?.[column] ?? 0), 0);
        expect(total).to.equal(leastCost(costs));
      }),
    );
  });
});
