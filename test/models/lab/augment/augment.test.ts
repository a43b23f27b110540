import { expect } from 'chai';
import fc from 'fast-check';
import { augment, drawSmallSide } from '../../../../models/lab/augment/augment.js';
import { blur } from '../../../../models/lab/augment/blur.js';
import { jpegArtefacts } from '../../../../models/lab/augment/jpeg.js';
import { addNoise, occlude, varyLight } from '../../../../models/lab/augment/light.js';
import {
  changedAugmentation,
  defaultAugmentation,
  noAugmentation,
} from '../../../../models/lab/augment/settings.js';
import { drawGeometry } from '../../../../models/lab/augment/geometry.js';
import { enlarge, warp } from '../../../../models/lab/augment/warp.js';
import { cutCrop } from '../../../../models/lab/train/batch-plan.js';
import { createRandom } from '../../../../models/lab/random.js';
import type { RgbImage } from '../../../../models/image.js';

/** Soft colours that change over the picture, so that a pixel's value tells its place. */
function slope(side: number): RgbImage {
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    data.set([(255 * x) / side, (255 * y) / side, (255 * (x + y)) / (2 * side)], i * 3);
  }
  return { width: side, height: side, data };
}

function flat(size: number, value: number): Float32Array {
  return new Float32Array(size * size * 3).fill(value);
}

const everything = {
  ...defaultAugmentation,
  shrink: 1,
  blur: 1,
  jpeg: 1,
  noise: 1,
  occlusion: 1,
  grey: 0.5,
  mirror: 0.5,
};

describe('augment', () => {
  it('gives the same picture for the same seed and another for another', () => {
    const make = (seed: number): Uint8Array => {
      const out = new Uint8Array(32 * 32 * 3);
      augment(slope(80), everything, 32, createRandom(seed), out);
      return out;
    };
    expect(make(7)).to.deep.equal(make(7));
    expect(make(7)).not.to.deep.equal(make(8));
  });

  it('without variation is the crop that serving makes', () => {
    const patch = slope(110);
    const ours = new Uint8Array(48 * 48 * 3);
    augment(patch, noAugmentation, 48, createRandom(1), ours);
    const served = new Uint8Array(48 * 48 * 3);
    cutCrop(patch, noAugmentation.margin, 48, served, 0);
    ours.forEach((value, i) => expect(value).to.be.closeTo(served[i] ?? 0, 2));
  });

  it('writes its own picture only, whatever it draws', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 8, max: 192 }), (seed, side) => {
        const bytes = 24 * 24 * 3;
        const out = new Uint8Array(bytes * 3).fill(7);
        augment(slope(side), everything, 24, createRandom(seed), out, bytes);
        expect(out.subarray(0, bytes).every((v) => v === 7)).to.equal(true);
        expect(out.subarray(bytes * 2).every((v) => v === 7)).to.equal(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the strengths of the augmentation', () => {
  it('are those of the recipe but for what is changed, and a slip is named', () => {
    expect(changedAugmentation({ rotation: 12, 'shrink-to': 14 })).to.deep.equal({
      ...defaultAugmentation,
      rotation: 12,
      shrinkTo: [14, 44],
    });
    expect(() => changedAugmentation({ rotate: 3 })).to.throw(RangeError, 'rotate is no strength');
  });

  it('shrink a face to 12 pixels at least, unless told otherwise, and to no more than what is asked', () => {
    const sides = (augmentation: typeof defaultAugmentation): [number, number] => {
      const random = createRandom(9);
      const drawn = Array.from({ length: 5000 }, () => drawSmallSide(augmentation, random));
      expect(drawn.every(Number.isInteger)).to.equal(true);
      return [Math.min(...drawn), Math.max(...drawn)];
    };
    expect(sides(defaultAugmentation)).to.deep.equal([12, 44]);
    expect(sides(changedAugmentation({ 'shrink-to': 20 }))).to.deep.equal([20, 44]);
    expect(sides(changedAugmentation({ 'shrink-to': 60 }))).to.deep.equal([60, 60]);
  });

  it('stay within their limits however large they are', () => {
    const wild = { ...defaultAugmentation, zoom: 9, rotation: 900, aspect: 9, shear: 0, mirror: 0 };
    const random = createRandom(3);
    for (let i = 0; i < 200; i++) {
      const { a, b, c, d } = drawGeometry(wild, 100, random);
      const [across, down] = [Math.hypot(a, c), Math.hypot(b, d)];
      const zoom = Math.sqrt(across * down) / (50 * wild.margin);
      expect(zoom).to.be.within(0.8 - 1e-9, 1.2 + 1e-9);
      expect(across / down).to.be.within(0.75 - 1e-9, 4 / 3 + 1e-9);
      expect(Math.abs(Math.atan2(c, a))).to.be.at.most((20 * Math.PI) / 180 + 1e-9);
    }
  });
});

describe('the parts of the augmentation', () => {
  it('warp copies a picture under the map that changes nothing, and mirrors it under its opposite', () => {
    const image = slope(20);
    const same = { a: 20, b: 0, c: 0, d: 20, tx: 0, ty: 0 };
    expect([...warp(image, same, 20)].map(Math.round)).to.deep.equal([...image.data]);
    const mirrored = warp(image, { ...same, a: -20 }, 20);
    expect(Math.round(mirrored[0] ?? 0)).to.equal(image.data[19 * 3]);
  });

  it('warp averages what it reduces', () => {
    const stripes = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3) };
    for (let i = 0; i < 64 * 64; i++) if (i % 2 === 0) stripes.data.fill(200, i * 3, i * 3 + 3);
    for (const value of warp(stripes, { a: 64, b: 0, c: 0, d: 64, tx: 0, ty: 0 }, 8)) {
      expect(value).to.be.closeTo(100, 8);
    }
  });

  it('enlarge keeps a flat picture flat and a slope rising', () => {
    expect([...enlarge(flat(5, 80), 5, 12)].every((v) => Math.abs(v - 80) < 1e-4)).to.equal(true);
    const small = Float32Array.from(slope(6).data);
    const row = [...enlarge(small, 6, 18)].filter((_, i) => i % 3 === 0).slice(0, 18);
    expect(row).to.deep.equal([...row].sort((a, b) => a - b));
  });

  it('jpegArtefacts leaves little at quality 95 and much at 10', () => {
    const harm = (quality: number): number => {
      const random = createRandom(3);
      const before = Float32Array.from({ length: 16 * 16 * 3 }, () => 255 * random.uniform());
      const after = before.slice();
      jpegArtefacts(after, 16, quality);
      return Math.sqrt(after.reduce((sum, v, i) => sum + (v - (before[i] ?? 0)) ** 2, 0) / after.length);
    };
    expect(harm(95)).to.be.lessThan(6);
    expect(harm(10)).to.be.greaterThan(20);
  });

  it('blur keeps the mean and takes the contrast', () => {
    const pixels = Float32Array.from(flat(16, 0));
    pixels.fill(255, 8 * 16 * 3);
    const before = pixels.reduce((a, b) => a + b) / pixels.length;
    blur(pixels, 16, 1.5);
    expect(pixels.reduce((a, b) => a + b) / pixels.length).to.be.closeTo(before, 1e-2);
    expect(pixels[7 * 16 * 3] ?? 0).to.be.greaterThan(20);
  });

  it('light, noise and occlusion change a picture in place', () => {
    const pixels = flat(16, 100);
    varyLight(pixels, { ...defaultAugmentation, grey: 1 }, createRandom(2));
    expect(pixels[0]).to.be.closeTo(pixels[1] ?? 0, 1e-3);
    const noisy = flat(16, 100);
    addNoise(noisy, 10, createRandom(2));
    const deviation = Math.sqrt(noisy.reduce((sum, v) => sum + (v - 100) ** 2, 0) / noisy.length);
    expect(deviation).to.be.within(7, 13);
    const covered = flat(16, 100);
    occlude(covered, 16, createRandom(2));
    const changed = covered.filter((v) => v !== 100).length / covered.length;
    expect(changed).to.be.within(0.01, 0.25);
  });
});
