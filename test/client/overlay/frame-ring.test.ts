import { expect } from 'chai';
import fc from 'fast-check';
import { FrameRing } from '../../../client/src/overlay/frame-ring.js';
import { rtpDifference } from '../../../client/src/overlay/rtp-time.js';
import { frame } from './frames.js';

describe('FrameRing', () => {
  it('finds the frames on both sides of a moment', () => {
    const ring = new FrameRing();
    for (const at of [0, 9000, 18000]) ring.push(frame(at));
    const { previous, before, after } = ring.around(10_000);
    expect([previous?.rtpTimestamp, before?.rtpTimestamp, after?.rtpTimestamp]).to.deep.equal([
      0, 9000, 18000,
    ]);
  });

  it('takes a frame of that very moment as the one before', () => {
    const ring = new FrameRing();
    ring.push(frame(9000));
    expect(ring.around(9000).before?.rtpTimestamp).to.equal(9000);
    expect(ring.around(9000).after).to.equal(undefined);
  });

  it('puts a frame that comes out of order in its place', () => {
    const ring = new FrameRing();
    for (const at of [0, 18000, 9000]) ring.push(frame(at));
    expect(ring.around(17_999).before?.rtpTimestamp).to.equal(9000);
    expect(ring.newest?.rtpTimestamp).to.equal(18_000);
  });

  it('keeps one frame for a timestamp, the newer copy', () => {
    const ring = new FrameRing();
    ring.push(frame(9000));
    const again = frame(9000);
    ring.push(again);
    expect(ring.size).to.equal(1);
    expect(ring.newest).to.equal(again);
  });

  it('forgets all frames when the clock jumps by more than half a minute', () => {
    const ring = new FrameRing();
    ring.push(frame(0));
    ring.push(frame(3_000_000));
    expect(ring.size).to.equal(1);
    ring.push(frame(0));
    expect(ring.newest?.rtpTimestamp).to.equal(0);
  });

  it('refuses a capacity that could not hold two neighbours', () => {
    expect(() => new FrameRing(1)).to.throw(RangeError);
  });

  it('stays bounded and in order whatever comes, also over the wrap', () => {
    const start = 2 ** 32 - 500_000;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 })),
        fc.integer({ min: 0, max: 1_000_000 }),
        (offsets, at) => {
          const ring = new FrameRing(8);
          for (const offset of offsets) ring.push(frame(start + offset));
          expect(ring.size).to.be.at.most(8);
          const moment = (start + at) >>> 0;
          const { previous, before, after } = ring.around(moment);
          if (before) expect(rtpDifference(moment, before.rtpTimestamp)).to.be.at.least(0);
          if (after) expect(rtpDifference(after.rtpTimestamp, moment)).to.be.above(0);
          if (before && previous)
            expect(rtpDifference(before.rtpTimestamp, previous.rtpTimestamp)).to.be.above(0);
        },
      ),
    );
  });
});
