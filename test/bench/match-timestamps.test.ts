import { expect } from 'chai';
import { sentTimestamp, signature, timestampOffset } from '../../bench/measure/match-timestamps.js';

describe('the matching of timestamps', () => {
  const sent = Array.from({ length: 600 }, (_, n) => 5000 + n * 6000 + signature(n));

  it('finds the random number of a muxer, also where it makes timestamps wrap', () => {
    for (const added of [0, 123_456_789, 2 ** 32 - 700_000]) {
      const seen = sent.filter((_, n) => n > 100 && n % 3 !== 0).map((at) => (at + added) % 2 ** 32);
      const offset = timestampOffset(sent, seen);
      expect(offset).to.equal(added);
      expect(seen.map((at) => sentTimestamp(at, added))).to.deep.equal(
        sent.filter((_, n) => n > 100 && n % 3 !== 0),
      );
    }
  });

  it('finds nothing where the pictures are of another camera', () => {
    const others = Array.from({ length: 100 }, (_, n) => 777 + n * 3600 + signature(n * 31 + 5));
    expect(timestampOffset(sent, others)).to.equal(undefined);
    expect(timestampOffset(sent, [])).to.equal(undefined);
  });
});
