import { expect } from 'chai';
import { groupName, sourceName } from '../../../../models/lab/data/group-name.js';

describe('groupName', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['mask/ilc2021_00a289ede2a67815_3_895a75.jpg', '00a289ede2a67815'],
    ['voc853_maksssksksss112_0_f9258a.jpg', 'maksssksksss112'],
    ['no_mask/chandrikadeb7_0_0_aidai_0014_8c7969.jpg', 'chandrikadeb7_0_0_aidai'],
    ['chandrikadeb7_0_0_13_copy_2_4bc2a8.jpg', 'chandrikadeb7_0_0_13'],
    ['zapouria_Augmented_99_5504654_758c63.jpg', 'zapouria_Augmented_99'],
    ['jkeza1_1010_2c4fe4.jpg', 'jkeza1_1010'],
    ['my-site/door_7.png', 'door'],
    ['plain.png', 'plain'],
  ];
  for (const [file, group] of cases) {
    it(`puts ${file} into the group ${group}`, () => {
      expect(groupName(file)).to.equal(group);
    });
  }

  it('gives faces of one scene one group, whatever their number and hash', () => {
    expect(groupName('voc853_maksssksksss1_0_aaaaaa.jpg')).to.equal(
      groupName('voc853_maksssksksss1_12_bbbbbb.jpg'),
    );
  });
});

describe('sourceName', () => {
  it('takes the name up to the first underscore, or `own`', () => {
    expect(sourceName('mask/ilc2021_00a_3_895a75.jpg')).to.equal('ilc2021');
    expect(sourceName('mask/plain.jpg')).to.equal('own');
  });
});
