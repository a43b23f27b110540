import { expect } from 'chai';
import fc from 'fast-check';
import { containedRect } from '../../../client/src/overlay/picture-rect.js';

describe('containedRect', () => {
  it('leaves bars at the sides of a narrow picture', () => {
    expect(containedRect({ width: 1600, height: 900 }, { width: 4, height: 3 })).to.deep.equal({
      x: 200,
      y: 0,
      width: 1200,
      height: 900,
    });
  });

  it('leaves bars above and below a wide picture', () => {
    expect(containedRect({ width: 400, height: 400 }, { width: 200, height: 100 })).to.deep.equal({
      x: 0,
      y: 100,
      width: 400,
      height: 200,
    });
  });

  it('is empty before the size of the picture is known', () => {
    expect(containedRect({ width: 400, height: 400 }, { width: 0, height: 0 }).width).to.equal(0);
  });

  it('always lies inside and keeps the shape', () => {
    const side = fc.integer({ min: 1, max: 8000 });
    fc.assert(
      fc.property(side, side, side, side, (width, height, pictureWidth, pictureHeight) => {
        const rect = containedRect({ width, height }, { width: pictureWidth, height: pictureHeight });
        expect(rect.x).to.be.at.least(-1e-6);
        expect(rect.y).to.be.at.least(-1e-6);
        expect(rect.x + rect.width).to.be.at.most(width + 1e-6);
        expect(rect.y + rect.height).to.be.at.most(height + 1e-6);
        expect(rect.width * pictureHeight).to.be.closeTo(
          rect.height * pictureWidth,
          1e-3 * pictureWidth * pictureHeight,
        );
      }),
    );
  });
});
