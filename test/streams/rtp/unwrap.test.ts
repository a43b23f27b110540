import { expect } from 'chai';
import fc from 'fast-check';
import { Unwrapper } from '../../../streams/rtp/unwrap.js';

describe('Unwrapper', () => {
  for (const bits of [16, 32]) {
    it(`follows a ${bits}-bit counter over any number of wraps, forwards and backwards`, () => {
      const range = 2 ** bits;
      const steps = fc.array(fc.integer({ min: -range / 8, max: range / 4 }), { maxLength: 100 });
      fc.assert(
        fc.property(fc.integer({ min: 0, max: range - 1 }), steps, (start, moves) => {
          const unwrapper = new Unwrapper(bits);
          let truth = start;
          let newest = start;
          expect(unwrapper.unwrap(start)).to.equal(start);
          for (const move of moves) {
            // Only steps within half the range of the newest value can be told apart.
            truth = Math.max(truth + move, newest - range / 4);
            newest = Math.max(newest, truth);
            expect(unwrapper.unwrap(((truth % range) + range) % range)).to.equal(truth);
          }
        }),
      );
    });
  }
});
