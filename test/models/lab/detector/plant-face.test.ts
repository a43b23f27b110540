import { expect } from 'chai';
import fc from 'fast-check';
import { freePlace, pasteFace } from '../../../../models/lab/detector/plant-face.js';
import { createRandom } from '../../../../models/lab/random.js';

describe('Planting a face crop', () => {
  it('shows the middle of the crop, leaves what lies beside it, and fades between', () => {
    const picture = new Uint8Array(40 * 40 * 3).fill(10);
    const crop = { data: new Uint8Array(20 * 20 * 3).fill(210), side: 20, left: 0, width: 20, height: 20 };
    pasteFace(crop, picture, 40, 5, 8);
    const at = (x: number, y: number) => picture[(y * 40 + x) * 3];
    expect(at(15, 18)).to.equal(210);
    expect(at(4, 18)).to.equal(10);
    expect(at(25, 18)).to.equal(10);
    expect(at(5, 18)).to.be.within(20, 120);
  });

  it('keeps clear of faces that are there', () => {
    const taken = [{ x: 40, y: 40, width: 60, height: 60 }];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const place = freePlace(taken, 30, 128, createRandom(seed));
        if (place === undefined) return;
        const apart = place.x + 30 <= 40 || place.x >= 100 || place.y + 30 <= 40 || place.y >= 100;
        expect(apart).to.equal(true);
        expect(Math.max(place.x, place.y)).to.be.at.most(98);
      }),
    );
  });

  it('gives up where there is no room', () => {
    const taken = [{ x: 0, y: 0, width: 64, height: 64 }];
    expect(freePlace(taken, 20, 64, createRandom(1))).to.equal(undefined);
  });
});
