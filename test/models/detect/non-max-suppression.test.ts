import { expect } from 'chai';
import fc from 'fast-check';
import type { Detection } from '../../../models/detector.js';
import { nonMaxSuppression } from '../../../models/detect/non-max-suppression.js';
import { overlap } from '../../../models/detect/overlap.js';

const side = fc.double({ min: 0.5, max: 40, noNaN: true });
const place = fc.double({ min: -20, max: 60, noNaN: true });
const detection: fc.Arbitrary<Detection> = fc.record({
  box: fc.record({ x: place, y: place, width: side, height: side }),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
});
const detections = fc.array(detection, { maxLength: 25 });

describe('overlap', () => {
  it('is 1 for a box and itself, 0 for boxes apart or side by side', () => {
    const box = { x: 1, y: 2, width: 3, height: 4 };
    expect(overlap(box, box)).to.equal(1);
    expect(overlap(box, { ...box, x: 4 })).to.equal(0);
    expect(overlap(box, { ...box, y: 40 })).to.equal(0);
    expect(overlap(box, { ...box, width: 0 })).to.equal(0);
  });

  it('is the shared part of the whole', () => {
    expect(overlap({ x: 0, y: 0, width: 2, height: 2 }, { x: 1, y: 0, width: 2, height: 2 })).to.be.closeTo(
      1 / 3,
      1e-12,
    );
  });

  it('is symmetric and between 0 and 1', () => {
    fc.assert(
      fc.property(detection, detection, (a, b) => {
        expect(overlap(a.box, b.box))
          .to.equal(overlap(b.box, a.box))
          .and.to.be.within(0, 1 + 1e-12);
      }),
    );
  });
});

describe('nonMaxSuppression', () => {
  it('keeps the better of two boxes on one face, and both of two faces', () => {
    const good = { box: { x: 0, y: 0, width: 10, height: 10 }, score: 0.9 };
    const worse = { box: { x: 1, y: 0, width: 10, height: 10 }, score: 0.8 };
    const other = { box: { x: 30, y: 0, width: 10, height: 10 }, score: 0.3 };
    expect(nonMaxSuppression([other, worse, good], 0.5)).to.deep.equal([good, other]);
    expect(nonMaxSuppression([other, worse, good], 0.5, 1)).to.deep.equal([good]);
  });

  it('keeps no two that overlap too much, drops none without cause, and sorts by score', () => {
    fc.assert(
      fc.property(detections, fc.double({ min: 0, max: 1, noNaN: true }), (all, limit) => {
        const kept = nonMaxSuppression(all, limit);
        for (const [i, a] of kept.entries()) {
          expect(all).to.include(a);
          for (const b of kept.slice(i + 1)) {
            expect(overlap(a.box, b.box)).to.be.at.most(limit);
            expect(a.score).to.be.at.least(b.score);
          }
        }
        for (const dropped of all.filter((one) => !kept.includes(one))) {
          expect(
            kept.some((one) => one.score >= dropped.score && overlap(one.box, dropped.box) > limit),
          ).to.equal(true);
        }
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(detections, (all) => {
        const kept = nonMaxSuppression(all, 0.5);
        expect(nonMaxSuppression(kept, 0.5)).to.deep.equal(kept);
      }),
    );
  });
});
