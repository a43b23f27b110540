import { expect } from 'chai';
import { mergeDetections } from '../../../models/detect/merge-detections.js';

describe('Merging detections of one face', () => {
  const at = (x: number, score: number) => ({ box: { x, y: 10, width: 40, height: 40 }, score });

  it('moves the kept box to the weighted mean, and leaves its score', () => {
    const best = at(100, 0.8);
    const [merged] = mergeDetections([best], [best, at(104, 0.8), at(96, 0.8)], 0.5);
    expect(merged?.score).to.equal(0.8);
    expect(merged?.box.x).to.be.closeTo(100, 1e-9);
    const [pulled] = mergeDetections([best], [best, at(104, 0.4)], 0.5);
    expect(pulled?.box.x).to.be.within(100.5, 102);
  });

  it('hears nobody who overlaps less than asked', () => {
    const best = at(100, 0.8);
    expect(mergeDetections([best], [best, at(130, 0.7)], 0.5)).to.deep.equal([best]);
  });

  it('leaves a face alone that no detection overlaps', () => {
    const best = at(100, 0.8);
    expect(mergeDetections([best], [], 0.5)).to.deep.equal([best]);
  });
});
