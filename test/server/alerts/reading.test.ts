import { expect } from 'chai';
import fc from 'fast-check';
import { type Place, readPlace } from '../../../server/alerts/reading.js';
import type { AlertCondition } from '../../../server/http/alert-api.js';
import type { PeopleCounts } from '../../../server/realtime/events.js';

const counts = (mask: number, no_mask: number, incorrect = 0, unknown = 0): PeopleCounts => ({
  mask,
  no_mask,
  incorrect,
  unknown,
});
const place = (now: PeopleCounts, last = now): Place => ({
  downSeconds: 0,
  people: { now, ofLast: () => last },
});
const share: AlertCondition = {
  kind: 'share-unmasked',
  share: 0.5,
  clearShare: 0.25,
  atLeastPeople: 4,
  windowSeconds: 0,
  forSeconds: 0,
};

describe('the reading of a rule', () => {
  it('takes the share over people with a decided state, and enough of them', () => {
    expect(readPlace(share, true, place(counts(1, 2, 1, 9)))).to.include({ over: true, value: 0.75 });
    expect(readPlace(share, false, place(counts(1, 2, 1, 9)))).to.include({
      over: false,
      under: false,
      value: 0.5,
    });
    expect(readPlace(share, true, place(counts(0, 3, 0, 9)))).to.include({ over: false, under: true });
    expect(readPlace(share, true, place(counts(3, 1)))).to.include({ over: false, under: true, value: 0.25 });
    const window = { ...share, windowSeconds: 60 };
    expect(readPlace(window, true, place(counts(9, 0), counts(1, 9)))).to.include({ over: true });
  });

  it('never counts the unknown as unmasked', () => {
    const anybody = fc.record({
      mask: fc.nat(9),
      no_mask: fc.constant(0),
      incorrect: fc.nat(9),
      unknown: fc.nat(9),
    });
    const strict: AlertCondition = { kind: 'unmasked-person', forSeconds: 0 };
    fc.assert(
      fc.property(anybody, (people) => {
        expect(readPlace(share, false, place(people)).over).to.equal(false);
        expect(readPlace(strict, false, place(people)).over).to.equal(false);
        expect(readPlace(strict, true, place(people)).over).to.equal(people.incorrect > 0);
      }),
    );
  });

  it('counts everybody for occupancy, between two limits', () => {
    const limit: AlertCondition = { kind: 'occupancy', limit: 10, clearLimit: 8, forSeconds: 0 };
    expect(readPlace(limit, true, place(counts(5, 3, 2, 1)))).to.include({ over: true, value: 11 });
    expect(readPlace(limit, true, place(counts(5, 3, 2)))).to.include({ over: false, under: false });
    expect(readPlace(limit, true, place(counts(5, 3)))).to.include({ over: false, under: true });
  });

  it('reads a camera that is down, and nothing else while nobody looks', () => {
    const down: AlertCondition = { kind: 'camera-down', forSeconds: 60 };
    expect(readPlace(down, true, { downSeconds: 3 })).to.include({ over: true, under: false, value: 3 });
    expect(readPlace(down, true, { downSeconds: 0 })).to.include({ over: false, under: true });
    expect(readPlace(share, true, { downSeconds: 3 })).to.include({ over: false, under: true });
  });
});
