import { expect } from 'chai';
import { forwardArrow, labelPlace } from '../../../client/src/overlay/zone-marks.js';

describe('The marks of zones', () => {
  it('point to the right hand of somebody who looks along the line', () => {
    // From the bottom up: to the right.
    expect(
      forwardArrow([
        { x: 50, y: 100 },
        { x: 50, y: 0 },
      ]),
    ).to.match(/^M32 50L68 50M/);
    // From left to right: down.
    expect(
      forwardArrow([
        { x: 0, y: 50 },
        { x: 100, y: 50 },
      ]),
    ).to.match(/^M50 32L50 68M/);
  });

  it('are left out where a line has no length', () => {
    expect(
      forwardArrow([
        { x: 1, y: 1 },
        { x: 1, y: 1 },
      ]),
    ).to.equal('');
  });

  it('keep a name within the picture', () => {
    expect(
      labelPlace([
        { x: 10, y: 90 },
        { x: 40, y: 0 },
      ]),
    ).to.deep.equal({ x: 46, y: 16 });
  });
});
