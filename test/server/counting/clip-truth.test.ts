import { expect } from 'chai';
import { boxAt, clipTruthSchema, type Span } from '../../../server/counting/clip-truth.js';

const moving: Span = [
  [1000, 10, 20, 30, 40],
  [2000, 30, 20, 50, 60],
];

describe('the truth of a clip', () => {
  it('moves a box evenly between two moments and knows nothing outside of them', () => {
    expect(boxAt(moving, 1500)).to.deep.equal({ x: 20, y: 20, width: 40, height: 50 });
    expect(boxAt(moving, 1000)).to.deep.equal({ x: 10, y: 20, width: 30, height: 40 });
    expect(boxAt(moving, 2000)).to.deep.equal({ x: 30, y: 20, width: 50, height: 60 });
    expect(boxAt(moving, 999)).to.equal(undefined);
    expect(boxAt(moving, 2001)).to.equal(undefined);
  });

  it('takes a place with one moment for all times', () => {
    expect(boxAt([[0, 1, 2, 3, 4]], 1e6)).to.deep.equal({ x: 1, y: 2, width: 3, height: 4 });
  });

  it('refuses states that nobody can wear, times that run back and keys it does not know', () => {
    const person = { id: 'a', state: 'mask', spans: [moving] };
    const truth = { clip: 'a.mp4', width: 640, height: 360, people: [person] };
    expect(clipTruthSchema.safeParse(truth).success).to.equal(true);
    for (const wrong of [
      { ...truth, people: [{ ...person, state: 'unknown' }] },
      { ...truth, people: [{ ...person, spans: [[...moving].reverse()] }] },
      { ...truth, persons: [] },
    ]) {
      expect(clipTruthSchema.safeParse(wrong).success).to.equal(false);
    }
  });
});
