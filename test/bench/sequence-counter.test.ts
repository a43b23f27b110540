import { expect } from 'chai';
import { SequenceCounter } from '../../bench/viewers/sequence-counter.js';

describe('the counting of RTP packets', () => {
  it('sees holes, also over the wrap, and forgives packets that come late', () => {
    const counter = new SequenceCounter();
    for (const sequence of [65_533, 65_534, 1, 2, 65_535, 4]) counter.count(sequence);
    // 0 and 3 never came.
    expect(counter.take()).to.deep.equal({ packets: 6, lost: 2 });
    counter.count(5);
    expect(counter.take()).to.deep.equal({ packets: 1, lost: 0 });
  });
});
