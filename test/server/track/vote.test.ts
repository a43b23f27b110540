import { expect } from 'chai';
import fc from 'fast-check';
import type { Classification, MaskLabel, WornState } from '../../../models/mask-classifier.js';
import {
  confidence,
  defaultVoteSettings,
  look,
  noVote,
  votes,
  type Look,
  type Vote,
} from '../../../server/track/vote.js';

function says(state: WornState, probability = 0.9, label: MaskLabel = state): Classification {
  const rest = (1 - probability) / 2;
  const probabilities = { mask: rest, no_mask: rest, incorrect: rest, [state]: probability };
  return { label, probabilities, reject: 0 };
}

/** Shows a person for some seconds; the scene says what the classifier makes of it. */
function watch(
  vote: Vote,
  fps: number,
  fromSeconds: number,
  seconds: number,
  scene: (n: number) => Classification,
  faceSide = 80,
): Vote {
  let state = vote;
  for (let n = 0; n < Math.round(seconds * fps); n++) {
    const seen: Look = {
      classification: scene(n),
      faceSide,
      score: 0.9,
      atMs: (fromSeconds + n / fps) * 1000,
    };
    state = look(state, seen, defaultVoteSettings);
  }
  return state;
}

describe('the vote', () => {
  for (const fps of [2, 5, 25]) {
    describe(`at ${fps} frames a second`, () => {
      const bare = watch(noVote, fps, 0, 3, () => says('no_mask'));

      it('decides within two seconds of clear looks, without counting that as a change', () => {
        const vote = watch(noVote, fps, 0, 2, () => says('mask'));
        expect(vote.decided).to.equal('mask');
        expect(vote.changes).to.equal(0);
        expect(confidence(vote)).to.be.within(0.8, 1);
        expect(votes(vote)).to.equal(2 * fps);
      });

      it('is not changed by a hand over the face for two seconds', () => {
        const hand = watch(bare, fps, 3, 2, (n) => says(n % 5 === 4 ? 'incorrect' : 'mask', 0.85));
        expect(hand.decided).to.equal('no_mask');
        const after = watch(hand, fps, 5, 3, () => says('no_mask'));
        expect(after.decided).to.equal('no_mask');
        expect(after.changes).to.equal(0);
      });

      it('is not changed by a hand that comes back every three seconds', () => {
        let vote = bare;
        for (let start = 3; start < 30; start += 3) {
          vote = watch(vote, fps, start, 1.5, () => says('mask', 0.8));
          vote = watch(vote, fps, start + 1.5, 1.5, () => says('no_mask'));
        }
        expect(vote.changes).to.equal(0);
      });

      it('is changed once by a mask that is put on, within seven seconds', () => {
        const vote = watch(bare, fps, 3, 7, () => says('mask'));
        expect(vote.decided).to.equal('mask');
        expect(vote.changes).to.equal(1);
      });

      it('is not changed by flicker between two states', () => {
        const vote = watch(bare, fps, 3, 20, (n) => says(n % 2 === 0 ? 'no_mask' : 'incorrect', 0.7));
        expect(vote.changes).to.equal(0);
      });

      it('stays unknown for as long as looks only flicker', () => {
        const vote = watch(noVote, fps, 0, 20, (n) =>
          says((['mask', 'no_mask', 'incorrect'] as const)[n % 3] ?? 'mask'),
        );
        expect(vote.decided).to.equal('unknown');
        expect(confidence(vote)).to.equal(0);
        expect(votes(vote)).to.equal(0);
      });
    });
  }

  it('needs more than one look', () => {
    expect(watch(noVote, 25, 0, 0.04, () => says('mask', 1)).decided).to.equal('unknown');
  });

  it('ignores looks that the classifier calls unknown', () => {
    expect(watch(noVote, 5, 0, 10, () => says('mask', 0.5, 'unknown'))).to.deep.equal(noVote);
  });

  it('ignores faces too small to show anything, and crops that are no face', () => {
    expect(watch(noVote, 5, 0, 10, () => says('mask'), 10)).to.deep.equal(noVote);
    expect(watch(noVote, 5, 0, 10, () => ({ ...says('mask'), reject: 1 }))).to.deep.equal(noVote);
  });

  it('takes longer over small and unsure faces than over large and sure ones', () => {
    const small = watch(noVote, 5, 0, 0.8, () => says('mask', 0.7), 24);
    const large = watch(noVote, 5, 0, 0.8, () => says('mask', 0.95), 80);
    expect(small.decided).to.equal('unknown');
    expect(large.decided).to.equal('mask');
  });

  it('keeps a decided state through a long time without a look', () => {
    const vote = watch(noVote, 5, 0, 3, () => says('incorrect'));
    const later = watch(vote, 5, 600, 1, () => says('mask'));
    expect(later.decided).to.equal('incorrect');
  });

  it('keeps its books on any sequence: no change without time, confidence within 0 and 1', () => {
    const looks = fc.array(
      fc.record({
        state: fc.constantFrom<WornState>('mask', 'no_mask', 'incorrect'),
        probability: fc.double({ min: 0.34, max: 1, noNaN: true }),
        afterMs: fc.integer({ min: 0, max: 3000 }),
        faceSide: fc.integer({ min: 1, max: 200 }),
        score: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(looks, (sequence) => {
        let vote = noVote;
        let atMs = 0;
        let lastChangeMs = 0;
        for (const { state, probability, afterMs, faceSide, score } of sequence) {
          atMs += afterMs;
          const before = vote;
          vote = look(
            vote,
            { classification: says(state, probability), faceSide, score, atMs },
            defaultVoteSettings,
          );
          expect(confidence(vote)).to.be.within(0, 1);
          expect(vote.changes - before.changes).to.be.within(0, 1);
          expect(before.decided !== 'unknown' && vote.decided === 'unknown').to.equal(false);
          if (vote.changes > before.changes) {
            expect(atMs - lastChangeMs).to.be.at.least(defaultVoteSettings.changeAfterMs);
            lastChangeMs = atMs;
          }
        }
      }),
    );
  });
});
