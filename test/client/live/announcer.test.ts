import { expect } from 'chai';
import { Announcer } from '../../../client/src/live/announcer.js';
import { retryDelayMs } from '../../../client/src/live/retry-delay.js';

describe('Announcer', () => {
  it('says a text once, and a new one only after the pause', () => {
    const announcer = new Announcer(15_000);
    expect(announcer.offer('one', 0)).to.equal('one');
    expect(announcer.offer('two', 14_999)).to.equal(undefined);
    expect(announcer.offer('two', 15_000)).to.equal('two');
    expect(announcer.offer('two', 60_000)).to.equal(undefined);
  });
});

describe('retryDelayMs', () => {
  it('doubles from half a second to eight, with jitter over the upper half', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((attempt) => retryDelayMs(attempt, 1))).to.deep.equal([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
    expect(retryDelayMs(5, 0)).to.equal(4000);
  });
});
