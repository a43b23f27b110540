import { expect } from 'chai';
import fc from 'fast-check';
import { inputLayout } from '../../../../models/detect/own/input-layout.js';

describe('The place of a picture in the input of our detector', () => {
  it('is at the top left, with the sides of the input rounded up', () => {
    expect(inputLayout({ width: 1280, height: 720 }, 640, 32)).to.deep.equal({
      width: 640,
      height: 360,
      inputWidth: 640,
      inputHeight: 384,
    });
  });

  it('holds the whole picture, its long side as wanted, whatever its shape', () => {
    const side = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const layout = inputLayout({ width, height }, 640, 32);
        expect(Math.max(layout.width, layout.height)).to.equal(640);
        expect(layout.inputWidth).to.be.within(layout.width, layout.width + 31);
        expect(layout.inputHeight).to.be.within(layout.height, layout.height + 31);
        expect([layout.inputWidth % 32, layout.inputHeight % 32]).to.deep.equal([0, 0]);
      }),
    );
  });
});
