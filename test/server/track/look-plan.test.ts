import { expect } from 'chai';
import type { Classification, WornState } from '../../../models/mask-classifier.js';
import { wornStates } from '../../../models/mask-classifier.js';
import { People } from '../../../server/track/people.js';
import { faceAt } from './sequences.js';

function looksLike(state: WornState, certainty = 0.9): Classification {
  const rest = (1 - certainty) / 2;
  const probabilities = { mask: rest, no_mask: rest, incorrect: rest, [state]: certainty };
  return { label: state, probabilities, reject: 0 };
}

/** A person at whom is looked only when that is due, at 10 frames a second; tells when that was. */
class Watched {
  readonly people = new People({ newId: () => 'someone' });
  readonly looksMs: number[] = [];
  atMs = 0;

  watch(seconds: number, classification: Classification): string | undefined {
    let label: string | undefined;
    for (const endMs = this.atMs + seconds * 1000; this.atMs < endMs; this.atMs += 100) {
      const isKnown = this.people.known(this.atMs).length > 0;
      if (!isKnown) this.looksMs.push(this.atMs);
      const face = isKnown ? faceAt(100) : { ...faceAt(100), classification, sketch: new Uint8Array(64) };
      label = this.people.update({ faces: [face], atMs: this.atMs, cut: false, analysedScale: 1 }).tracks[0]
        ?.label;
    }
    return label;
  }
}

describe('How often a person is looked at', () => {
  it('falls to once a second when the state is beyond question', () => {
    const watched = new Watched();
    expect(watched.watch(10, looksLike('mask'))).to.equal('mask');
    const late = watched.looksMs.filter((ms) => ms >= 5000);
    expect(late).to.have.length(5);
    expect(watched.looksMs.length).to.be.below(20);
  });

  it('is at every frame while nothing is decided', () => {
    const watched = new Watched();
    watched.watch(2, { ...looksLike('mask', 0.4), label: 'unknown' });
    expect(watched.looksMs).to.have.length(20);
    expect(watched.people.atRest).to.equal(false);
  });

  for (const [before, after] of wornStates.flatMap((a) => wornStates.map((b) => [a, b] as const))) {
    if (before === after) continue;
    it(`rises as soon as ${after} is seen after ${before}, and the change is told as soon as ever`, () => {
      const watched = new Watched();
      watched.watch(10, looksLike(before));
      expect(watched.people.atRest).to.equal(true);
      const from = watched.atMs;
      // The first look may be a second late; the vote itself takes less than seven.
      expect(watched.watch(8, looksLike(after))).to.equal(after);
      const wavering = watched.looksMs.filter((ms) => ms >= from && ms < from + 4000);
      expect(wavering.length).to.be.above(25);
    });
  }

  it('counts a person who is out of sight as a reason to search on', () => {
    const watched = new Watched();
    watched.watch(5, looksLike('mask'));
    expect(watched.people.atRest).to.equal(true);
    watched.people.update({ faces: [], atMs: watched.atMs, cut: false, analysedScale: 1 });
    expect(watched.people.atRest).to.equal(false);
  });
});
