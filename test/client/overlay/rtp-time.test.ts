import { expect } from 'chai';
import fc from 'fast-check';
import { rtpDifference } from '../../../client/src/overlay/rtp-time.js';

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('rtpDifference', () => {
  it('counts ticks forwards and backwards', () => {
    expect(rtpDifference(9000, 0)).to.equal(9000);
    expect(rtpDifference(0, 9000)).to.equal(-9000);
  });

  it('goes over the wrap of 32 bits', () => {
    expect(rtpDifference(100, 2 ** 32 - 200)).to.equal(300);
    expect(rtpDifference(2 ** 32 - 200, 100)).to.equal(-300);
  });

  it('gives back what was added, wherever the clock stands', () => {
    fc.assert(
      fc.property(uint32, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (start, ticks) => {
        expect(rtpDifference((start + ticks) >>> 0, start)).to.equal(ticks);
      }),
    );
  });
});
