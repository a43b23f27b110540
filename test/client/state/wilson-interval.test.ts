import { expect } from 'chai';
import fc from 'fast-check';
import { wilsonInterval as ofPage } from '../../../client/src/state/wilson-interval.js';
import { wilsonInterval as ofServer } from '../../../server/ledger/wilson-interval.js';

describe('the range of a ratio on the page', () => {
  it('is that of the server', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (hits, misses) => {
        expect(ofPage(hits, hits + misses)).to.deep.equal(ofServer(hits, hits + misses));
      }),
    );
  });
});
