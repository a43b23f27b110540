import { expect } from 'chai';
import fc from 'fast-check';
import {
  gridOf,
  groupsOf,
  keyOfLayout,
  layoutOfKey,
  searchOfWall,
  usualWall,
  wallLayouts,
  wallOfSearch,
  wallPage,
} from '../../../client/src/state/wall-choice.js';
import { camera } from './views.js';

const cameras = Array.from({ length: 7 }, (_, index) =>
  camera(`c${index}`, index < 3 ? { group: 'Hall' } : index < 5 ? { group: 'Attic' } : {}),
);
const idsOf = (choice: Partial<typeof usualWall>) =>
  wallPage(cameras, { ...usualWall, ...choice }).cameras.map(({ id }) => id);

describe('What the wall shows', () => {
  it('is read back from the address it is written into', () => {
    const choice = fc.record({
      layout: fc.constantFrom(...wallLayouts),
      group: fc.string({ maxLength: 40 }),
      zones: fc.boolean(),
      first: fc.string({ maxLength: 40 }),
      page: fc.nat(100),
    });
    fc.assert(
      fc.property(choice, (one) => {
        expect(wallOfSearch(searchOfWall(one))).to.deep.equal(one);
      }),
    );
    expect(searchOfWall(usualWall)).to.equal('');
  });

  it('is as usual where the address says what nobody understands', () => {
    expect(wallOfSearch('?layout=7&page=-2&zones=maybe&what=ever')).to.deep.equal(usualWall);
  });

  it('has a key for every layout', () => {
    expect(wallLayouts.map((layout) => layoutOfKey(keyOfLayout(layout)))).to.deep.equal([...wallLayouts]);
  });

  it('turns pages where there are more cameras than places, and stays on the last one', () => {
    expect(idsOf({ layout: '4' })).to.deep.equal(['c0', 'c1', 'c2', 'c3']);
    expect(idsOf({ layout: '4', page: 1 })).to.deep.equal(['c4', 'c5', 'c6']);
    expect(wallPage(cameras, { ...usualWall, layout: '4', page: 9 })).to.include({ page: 1, pages: 2 });
    expect(idsOf({ layout: '1+5', first: 'c4' })).to.deep.equal(['c4', 'c0', 'c1', 'c2', 'c3', 'c5']);
    expect(idsOf({})).to.have.length(7);
  });

  it('is narrowed to a group, and goes not dark over one that is no more', () => {
    expect(groupsOf(cameras)).to.deep.equal(['Attic', 'Hall']);
    expect(idsOf({ group: 'Attic' })).to.deep.equal(['c3', 'c4']);
    expect(idsOf({ group: 'Cellar' })).to.have.length(7);
  });

  it('makes room for as many as there are, where nothing is chosen', () => {
    expect(gridOf('auto', 5)).to.deep.equal({ columns: 3, rows: 2, large: 1 });
    expect(gridOf('auto', 0)).to.deep.equal({ columns: 1, rows: 1, large: 1 });
  });
});
