import { expect } from 'chai';
import fc from 'fast-check';
import { ReorderBuffer } from '../../../streams/rtp/reorder-buffer.js';

describe('ReorderBuffer', () => {
  it('restores the order of packets that overtook each other, and drops duplicates', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 120 }), (arrivals) => {
        const buffer = new ReorderBuffer<number>();
        const out: number[] = [];
        // 0 comes first, the rest in any order and number.
        for (const sequence of [0, ...arrivals]) {
          const ready = buffer.insert(sequence, sequence, 0);
          if (ready !== 'late') {
            for (const { item, lostBefore } of ready) {
              expect(lostBefore).to.equal(0);
              out.push(item);
            }
          }
        }
        expect(out).to.deep.equal(out.map((_, index) => index));
        expect([...out, ...buffer.held()].sort((a, b) => a - b)).to.deep.equal(
          [...new Set([0, ...arrivals])].sort((a, b) => a - b),
        );
      }),
    );
  });

  it('gives a hole up after 60 packets and says how many were lost', () => {
    const buffer = new ReorderBuffer<number>();
    buffer.insert(10, 10, 0);
    for (let sequence = 13; sequence < 73; sequence += 1) {
      expect(buffer.insert(sequence, sequence, 0)).to.deep.equal([]);
    }
    const ready = buffer.insert(73, 73, 0);
    expect(ready).to.have.length(61);
    expect(ready[0]).to.deep.equal({ item: 13, lostBefore: 2 });
    expect(buffer.insert(11, 11, 0)).to.equal('late');
  });

  it('gives a hole up after half a second where few packets come', () => {
    const buffer = new ReorderBuffer<number>();
    buffer.insert(0, 0, 0);
    expect(buffer.insert(2, 2, 100)).to.deep.equal([]);
    expect(buffer.insert(3, 3, 700)).to.deep.equal([
      { item: 2, lostBefore: 1 },
      { item: 3, lostBefore: 0 },
    ]);
  });
});
