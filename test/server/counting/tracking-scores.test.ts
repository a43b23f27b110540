import { expect } from 'chai';
import fc from 'fast-check';
import { hota } from '../../../server/counting/hota.js';
import { scoreIdentities } from '../../../server/counting/identity-score.js';
import type { LabelledFrame, NamedBox } from '../../../server/counting/labelled-frame.js';

function face(id: string, x: number): NamedBox {
  return { id, box: { x, y: 0, width: 10, height: 10 } };
}

/** Two people side by side for ten frames, reported under the names given for each frame. */
function twoPeople(names: (at: number) => readonly [string, string]): LabelledFrame[] {
  return Array.from({ length: 10 }, (_, at) => {
    const [left, right] = names(at);
    return { truth: [face('a', 0), face('b', 100)], reported: [face(left, 0), face(right, 100)] };
  });
}

describe('the scores of tracking', () => {
  it('are 1 for a perfect report, whatever the identities are called', () => {
    const frames = twoPeople(() => ['x', 'y']);
    expect(hota(frames)).to.deep.equal({ hota: 1, detection: 1, association: 1 });
    const { idf1, switches, partners } = scoreIdentities(frames);
    expect({ idf1, switches }).to.deep.equal({ idf1: 1, switches: 0 });
    expect([...partners]).to.deep.equal([
      ['a', 'x'],
      ['b', 'y'],
    ]);
  });

  it('see two identities swapped half-way: found all the time, associated half of it', () => {
    const frames = twoPeople((at) => (at < 5 ? ['x', 'y'] : ['y', 'x']));
    const { detection, association } = hota(frames);
    expect(detection).to.equal(1);
    // Each pair shares 5 of the 15 frames in which either of them occurs.
    expect(association).to.be.closeTo(1 / 3, 1e-12);
    const { idf1, switches } = scoreIdentities(frames);
    expect({ idf1, switches }).to.deep.equal({ idf1: 0.5, switches: 2 });
  });

  it('count a missed person and a false one', () => {
    const frames: LabelledFrame[] = Array.from({ length: 4 }, () => ({
      truth: [face('a', 0), face('b', 100)],
      reported: [face('x', 0), face('z', 500)],
    }));
    expect(scoreIdentities(frames)).to.include({ idf1: 0.5, switches: 0 });
    const { detection, association } = hota(frames);
    expect(detection).to.be.closeTo(1 / 3, 1e-12);
    expect(association).to.equal(1);
  });

  it('count a box that is half off only at the overlaps it reaches', () => {
    // Shifted by half its width: IoU 1/3, so 6 of the 19 thresholds (.05 to .30).
    const frames = [{ truth: [face('a', 0)], reported: [face('x', 5)] }];
    const { detection } = hota(frames);
    expect(detection).to.be.closeTo(6 / 19, 1e-12);
    expect(scoreIdentities(frames).idf1).to.equal(0);
  });

  it('have no value where nothing is there and nothing was reported', () => {
    const nothing = [{ truth: [], reported: [] }];
    expect(hota(nothing).hota).to.equal(null);
    expect(scoreIdentities(nothing).idf1).to.equal(null);
  });

  it('stay within 0 and 1 and do not depend on the order of faces', () => {
    const boxes = fc.uniqueArray(
      fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), x: fc.integer({ min: 0, max: 40 }) }),
      { selector: ({ id }) => id, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(fc.record({ truth: boxes, reported: boxes }), { maxLength: 8 }), (plain) => {
        const frames = plain.map(({ truth, reported }) => ({
          truth: truth.map(({ id, x }) => face(id, x)),
          reported: reported.map(({ id, x }) => face(id, x)),
        }));
        const turned = frames.map(({ truth, reported }) => ({
          truth: [...truth].reverse(),
          reported: [...reported].reverse(),
        }));
        const score = hota(frames);
        const { idf1 } = scoreIdentities(frames);
        for (const value of [score.hota, score.detection, score.association, idf1]) {
          if (value !== null) expect(value).to.be.within(0, 1 + 1e-12);
        }
        expect(scoreIdentities(turned).idf1).to.equal(idf1);
      }),
    );
  });
});
