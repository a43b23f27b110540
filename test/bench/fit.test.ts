import { expect } from 'chai';
import fc from 'fast-check';
import { fairness, growthExponent, lineThrough, type Point } from '../../bench/measure/fit.js';

describe('fits', () => {
  it('find the line that points lie on', () => {
    const { intercept, slope, r2 } = lineThrough([1, 2, 5].map((x): Point => [x, 3 + 2 * x]));
    expect(intercept).to.be.closeTo(3, 1e-9);
    expect(slope).to.be.closeTo(2, 1e-9);
    expect(r2).to.be.closeTo(1, 1e-9);
  });

  it('tell linear growth, whatever the first costs, from steeper growth', () => {
    expect(growthExponent([0, 1, 4, 8].map((n): Point => [n, 7 + 2 * n]))).to.equal(1);
    expect(growthExponent([0, 1, 4, 8].map((n): Point => [n, 7 + 2 * n * n]))).to.equal(2);
  });
});

describe('fairness', () => {
  it('is 1 where all have the same, and one part of all where one has everything', () => {
    expect(fairness([5, 5, 5])).to.equal(1);
    expect(fairness([9, 0, 0])).to.be.closeTo(1 / 3, 1e-9);
    expect(fairness([])).to.equal(1);
  });

  it('lies between these two', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(shares, (all) => {
        expect(fairness(all)).to.be.within(1 / all.length - 1e-9, 1 + 1e-9);
      }),
    );
  });
});
