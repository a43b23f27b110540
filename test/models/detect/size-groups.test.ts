import { expect } from 'chai';
import { sizeGroups } from '../../../models/detect/size-groups.js';
import { plainPicture } from '../helpers/pictures.js';

describe('sizeGroups', () => {
  it('puts pictures of one size together, up to the limit, and remembers their places', () => {
    const small = plainPicture(2, 2, [0, 0, 0]);
    const wide = plainPicture(3, 2, [0, 0, 0]);
    const groups = sizeGroups([small, wide, small, small], 2);
    expect(groups.map(({ width, indices }) => [width, indices])).to.deep.equal([
      [2, [0, 2]],
      [3, [1]],
      [2, [3]],
    ]);
  });
});
