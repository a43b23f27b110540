import { expect } from 'chai';
import fc from 'fast-check';
import { resample } from '../../../../models/lab/detector/resample.js';

describe('Resampling a part of a picture', () => {
  const ramp = (width: number, height: number) => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => Math.floor(at / 3) % width),
  });

  it('leaves a picture as it is at scale 1', () => {
    const picture = ramp(20, 10);
    const part = { scale: 1, left: 0, top: 0, width: 20, height: 10 };
    expect(Array.from(resample(picture, part, 1))).to.deep.equal(Array.from(picture.data));
  });

  it('keeps a slope at any scale, away from the edges', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 3, noNaN: true }), (scale) => {
        const width = Math.floor(200 * scale);
        const out = resample(ramp(200, 40), { scale, left: 0, top: 0, width, height: 8 }, 1);
        const middle = Math.floor(width / 2);
        expect(out[(4 * width + middle) * 3]).to.be.closeTo((middle + 0.5) / scale - 0.5, 0.35);
      }),
    );
  });

  it('is the mean of what it takes together', () => {
    const stripes = {
      width: 64,
      height: 8,
      data: Uint8Array.from({ length: 64 * 8 * 3 }, (_, at) => (Math.floor(at / 3) % 2) * 200),
    };
    const out = resample(stripes, { scale: 0.25, left: 2, top: 0, width: 10, height: 2 }, 1);
    for (const value of out) expect(value).to.be.closeTo(100, 13);
  });
});
