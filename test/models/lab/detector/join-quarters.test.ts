import { expect } from 'chai';
import { joinQuarters } from '../../../../models/lab/detector/join-quarters.js';

describe('A training picture of four quarters', () => {
  const part = (value: number) => ({
    pixels: new Uint8Array(4 * 4 * 3).fill(value),
    faces: [{ label: 'mask', box: { x: 1, y: -2, width: 8, height: 4 } }] as const,
    likely: [{ label: 'no_mask', box: { x: 0, y: 1, width: 2, height: 2 } }] as const,
  });
  const joined = joinQuarters([part(10), part(20), part(30), part(40)], 8);

  it('shows each part in its quarter', () => {
    const at = (x: number, y: number) => joined.pixels[(y * 8 + x) * 3];
    expect([at(0, 0), at(3, 3), at(4, 0), at(7, 3), at(0, 4), at(7, 7)]).to.deep.equal([
      10, 10, 20, 20, 30, 40,
    ]);
  });

  it('moves faces along, and cuts what would reach into the next quarter', () => {
    expect(joined.faces.map(({ box }) => box)).to.deep.equal([
      { x: 1, y: 0, width: 3, height: 2 },
      { x: 5, y: 0, width: 3, height: 2 },
      { x: 1, y: 4, width: 3, height: 2 },
      { x: 5, y: 4, width: 3, height: 2 },
    ]);
    expect(joined.likely[3]).to.deep.equal({ label: 'no_mask', box: { x: 4, y: 5, width: 2, height: 2 } });
  });
});
