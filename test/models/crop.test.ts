import { expect } from 'chai';
import fc from 'fast-check';
import { cutRegion, facePictureBox, faceRegion } from '../../models/crop.js';
import type { Box, RgbImage } from '../../models/image.js';
import { plainPicture } from './helpers/pictures.js';

function cut(image: RgbImage, region: Box, size: number): number[] {
  const target = new Uint8Array(size * size * 3);
  cutRegion(image, region, size, target);
  return [...target];
}

/** A picture whose pixel (x, y) is (10 x, 10 y, 7). */
function ramp(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set([10 * (i % width), 10 * Math.floor(i / width), 7], i * 3);
  return { width, height, data };
}

describe('faceRegion', () => {
  it('is a square around the centre of the box', () => {
    expect(faceRegion({ x: 10, y: 20, width: 20, height: 40 }, 1.5)).to.deep.equal({
      x: -10,
      y: 10,
      width: 60,
      height: 60,
    });
  });
});

describe('facePictureBox', () => {
  it('is the whole picture at 1, and its middle below', () => {
    expect(facePictureBox({ width: 40, height: 60 }, 1)).to.deep.equal({ x: 0, y: 0, width: 40, height: 60 });
    expect(facePictureBox({ width: 40, height: 60 }, 0.5)).to.deep.equal({
      x: 10,
      y: 15,
      width: 20,
      height: 30,
    });
  });
});

describe('cutRegion', () => {
  it('copies pixels where nothing is scaled', () => {
    const pixels = cut(ramp(8, 8), { x: 2, y: 3, width: 2, height: 2 }, 2);
    expect(pixels).to.deep.equal([20, 30, 7, 30, 30, 7, 20, 40, 7, 30, 40, 7]);
  });

  it('takes the mean of what lies under a pixel where the region is reduced', () => {
    expect(cut(ramp(8, 8), { x: 0, y: 0, width: 8, height: 8 }, 1)).to.deep.equal([35, 35, 7]);
  });

  it('interpolates between pixel centres where the region is enlarged', () => {
    // Four pixels over two: centres at 1.25, 1.75, 2.25 and 2.75, that is 0.75, 1.25, 1.75 and 2.25 of the ramp.
    const reds = cut(ramp(8, 8), { x: 1, y: 1, width: 2, height: 2 }, 4).filter((_, i) => i % 3 === 0);
    expect(reds.slice(0, 4)).to.deep.equal([8, 13, 18, 23]);
  });

  it('repeats the edge outside the picture', () => {
    const pixels = cut(ramp(4, 4), { x: -2, y: -2, width: 2, height: 2 }, 2);
    expect(pixels).to.deep.equal(Array.from({ length: 4 }, () => [0, 0, 7]).flat());
    expect(cut(ramp(4, 4), { x: 9, y: 0, width: 1, height: 1 }, 1)).to.deep.equal([30, 0, 7]);
  });

  it('writes at the offset and nowhere else', () => {
    const target = new Uint8Array(3 * 3).fill(1);
    cutRegion(plainPicture(4, 4, [9, 9, 9]), { x: 0, y: 0, width: 4, height: 4 }, 1, target, 3);
    expect([...target]).to.deep.equal([1, 1, 1, 9, 9, 9, 1, 1, 1]);
  });

  it('refuses a region without a size', () => {
    const act = (): void => cutRegion(ramp(4, 4), { x: 0, y: 0, width: 0, height: 2 }, 1, new Uint8Array(3));
    expect(act).to.throw(RangeError, '0x2');
  });

  it('keeps a plain picture plain, whatever the region', () => {
    const number = fc.double({ min: -50, max: 50, noNaN: true });
    const length = fc.double({ min: 0.01, max: 80, noNaN: true });
    fc.assert(
      fc.property(
        number,
        number,
        length,
        length,
        fc.integer({ min: 1, max: 9 }),
        (x, y, width, height, size) => {
          const pixels = cut(plainPicture(7, 5, [200, 3, 77]), { x, y, width, height }, size);
          expect(pixels).to.deep.equal(Array.from({ length: size * size }, () => [200, 3, 77]).flat());
        },
      ),
    );
  });
});
