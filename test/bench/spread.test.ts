import { expect } from 'chai';
import { percentilesOf, spreadOf } from '../../bench/measure/spread.js';

describe('spreads and percentiles', () => {
  it('are of the values given, in whatever order', () => {
    const values = Array.from({ length: 100 }, (_, n) => ((n * 37) % 100) + 1);
    expect(percentilesOf(values)).to.deep.equal({ count: 100, p50: 50, p95: 95, p99: 99 });
    expect(spreadOf([3, 1, 2])).to.deep.equal({ min: 1, median: 2, max: 3 });
  });

  it('are 0 for nothing', () => {
    expect(percentilesOf([])).to.deep.equal({ count: 0, p50: 0, p95: 0, p99: 0 });
    expect(spreadOf([])).to.deep.equal({ min: 0, median: 0, max: 0 });
  });
});
