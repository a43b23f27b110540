import { expect } from 'chai';
import type { Classification } from '../../../models/mask-classifier.js';
import { People } from '../../../server/track/people.js';
import { faceAt } from './sequences.js';

const masked: Classification = {
  label: 'mask',
  probabilities: { mask: 0.9, no_mask: 0.05, incorrect: 0.05 },
  reject: 0,
};

function numberedPeople(): People {
  let born = 0;
  return new People({ newId: () => `p${++born}` });
}

describe('People', () => {
  it('joins each face to the vote of its own person', () => {
    const people = numberedPeople();
    const bare: Classification = {
      ...masked,
      label: 'no_mask',
      probabilities: { mask: 0.05, no_mask: 0.9, incorrect: 0.05 },
    };
    for (let n = 0; n < 10; n++) {
      const faces = [
        { ...faceAt(500 - 10 * n), classification: bare },
        { ...faceAt(100 + 10 * n), classification: masked },
      ];
      people.update({
        faces: n % 2 === 0 ? faces : faces.reverse(),
        atMs: n * 200,
        cut: false,
        analysedScale: 1,
      });
    }
    const { tracks } = people.update({
      faces: [
        { ...faceAt(200), classification: masked },
        { ...faceAt(400), classification: bare },
      ],
      atMs: 2000,
      cut: false,
      analysedScale: 1,
    });
    expect(
      tracks.map(({ box, label, confirmed, votes }) => [box.x + 30, label, confirmed, votes]),
    ).to.deep.equal([
      [200, 'mask', true, 11],
      [400, 'no_mask', true, 11],
    ]);
  });

  it('tells of confirmed people who left, once, and never of unconfirmed ones', () => {
    const people = numberedPeople();
    for (let n = 0; n < 8; n++) {
      const passing = n === 5 ? [{ ...faceAt(500), classification: masked }] : [];
      const faces = [{ ...faceAt(100), classification: masked }, ...passing];
      people.update({ faces, atMs: n * 200, cut: false, analysedScale: 1 });
    }
    const { ended } = people.update({ faces: [], atMs: 5000, cut: false, analysedScale: 1 });
    expect(ended).to.have.length(1);
    expect(ended[0]).to.include({
      trackId: 'p1',
      label: 'mask',
      confirmed: true,
      changes: 0,
      lastSeenMs: 1400,
    });
    expect(people.update({ faces: [], atMs: 9000, cut: false, analysedScale: 1 }).ended).to.deep.equal([]);
  });

  it('makes no person of what the classifier holds to be no face, but follows one who turns away', () => {
    const people = numberedPeople();
    const noFace: Classification = { ...masked, label: 'unknown', reject: 0.8 };
    const shown = (n: number) => [
      { ...faceAt(100), classification: n < 4 ? masked : noFace },
      { ...faceAt(500), classification: noFace },
    ];
    const tracks = Array.from(
      { length: 8 },
      (_, n) => people.update({ faces: shown(n), atMs: n * 200, cut: false, analysedScale: 1 }).tracks,
    );
    expect(tracks.map((of) => of.map(({ trackId }) => trackId))).to.deep.equal(tracks.map(() => ['p1']));
    expect(tracks.at(-1)?.[0]?.confirmed).to.equal(true);
  });

  it('weighs a face by the pixels that the classifier saw, not by those of the camera', () => {
    const people = numberedPeople();
    for (let n = 0; n < 20; n++) {
      const faces = [{ ...faceAt(100), classification: masked }];
      const { tracks } = people.update({ faces, atMs: n * 200, cut: false, analysedScale: 0.1 });
      expect(tracks[0]?.label).to.equal('unknown');
    }
  });
});
