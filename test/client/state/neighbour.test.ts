import { expect } from 'chai';
import { neighbour } from '../../../client/src/state/neighbour.js';

const at = (left: number, top: number, side = 1) => ({
  left: left * 100,
  top: top * 60,
  width: side * 96,
  height: side * 56,
});

describe('The neighbour of a picture', () => {
  // A large picture with five small ones around it.
  const places = [at(0, 0, 2), at(2, 0), at(2, 1), at(0, 2), at(1, 2), at(2, 2)];

  it('is the nearest one in the direction of the arrow', () => {
    expect(neighbour(places, 5, 'up')).to.equal(2);
    expect(neighbour(places, 5, 'left')).to.equal(4);
    expect(neighbour(places, 3, 'right')).to.equal(4);
    expect(neighbour(places, 3, 'up')).to.equal(0);
    expect([1, 2]).to.include(neighbour(places, 0, 'right'));
  });

  it('is the picture itself at the edge', () => {
    expect(neighbour(places, 0, 'left')).to.equal(0);
    expect(neighbour(places, 1, 'up')).to.equal(1);
    expect(neighbour([], 0, 'up')).to.equal(0);
  });
});
