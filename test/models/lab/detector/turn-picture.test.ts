import { expect } from 'chai';
import fc from 'fast-check';
import { turnBox, turnPicture } from '../../../../models/lab/detector/turn-picture.js';

const size = 64;

/** A bright disc on black; its middle in pixels. */
function disc(x: number, y: number, radius: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius)
        pixels.fill(200, (row * size + column) * 3, (row * size + column) * 3 + 3);
    }
  }
  return pixels;
}

/** Where the bright part of a picture lies. */
function brightMiddle(pixels: Uint8Array): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (let at = 0; at < size * size; at++) {
    const light = pixels[at * 3] ?? 0;
    sum += light;
    x += light * ((at % size) + 0.5);
    y += light * (Math.floor(at / size) + 0.5);
  }
  return { x: x / sum, y: y / sum };
}

describe('Turning a training picture', () => {
  it('moves a face to where its box says that it is', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.7, max: 0.7, noNaN: true }), (angle) => {
        const box = turnBox({ x: 40, y: 26, width: 12, height: 12 }, size, angle);
        const seen = brightMiddle(turnPicture(disc(46, 32, 6), size, angle));
        expect((box?.x ?? 0) + (box?.width ?? 0) / 2).to.be.closeTo(seen.x, 0.2);
        expect((box?.y ?? 0) + (box?.height ?? 0) / 2).to.be.closeTo(seen.y, 0.2);
        expect(box?.width, 'a disc stays one').to.be.closeTo(12, 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the inside as it is where nothing is turned, and fills the corners with black', () => {
    const grey = new Uint8Array(size * size * 3).fill(90);
    const still = turnPicture(grey, size, 0);
    expect(still[(30 * size + 30) * 3]).to.equal(90);
    const turned = turnPicture(grey, size, 0.6);
    expect(turned[0]).to.equal(0);
    expect(turned[(30 * size + 30) * 3]).to.equal(90);
  });

  it('lays a high box on its side at a quarter turn, and forgets a face that leaves the picture', () => {
    const box = turnBox({ x: 22, y: 12, width: 20, height: 40 }, size, Math.PI / 2);
    expect(box?.width).to.be.closeTo(40, 1e-9);
    expect(box?.height).to.be.closeTo(20, 1e-9);
    expect(turnBox({ x: 0, y: 0, width: 8, height: 8 }, size, Math.PI / 4)).to.equal(undefined);
  });
});
