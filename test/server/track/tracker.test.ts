import { expect } from 'chai';
import { allIds, faceAt, idsOf, numberedTracker, play } from './sequences.js';

describe('Tracker', () => {
  for (const fps of [2, 5, 25]) {
    describe(`at ${fps} frames a second`, () => {
      it('keeps one id for a person who walks through the picture', () => {
        const updates = play(numberedTracker(), fps, 6, (t) => [faceAt(50 + 90 * t)]);
        expect([...allIds(updates)]).to.deep.equal(['t1']);
      });

      it('keeps the ids of two people who cross', () => {
        const updates = play(numberedTracker(), fps, 6, (t) => [
          faceAt(60 + 80 * t, 200),
          faceAt(540 - 80 * t, 215),
        ]);
        expect(idsOf(updates[0])).to.deep.equal(idsOf(updates.at(-1)));
        expect(allIds(updates).size).to.equal(2);
      });

      it('keeps the id of a person who stands still and is hidden for a second and a half', () => {
        const updates = play(numberedTracker(), fps, 6, (t) => (t >= 3 && t < 4.5 ? [] : [faceAt(300)]));
        expect([...allIds(updates)]).to.deep.equal(['t1']);
        expect(updates.flatMap((update) => update.ended)).to.deep.equal([]);
      });

      it('keeps the id of a walker who is hidden by a pillar for a second', () => {
        const updates = play(numberedTracker(), fps, 6, (t) =>
          t >= 3 && t < 4 ? [] : [faceAt(60 + 70 * t)],
        );
        expect([...allIds(updates)]).to.deep.equal(['t1']);
      });

      it('gives a new id to a person who comes back after the limit, and ends the old track once', () => {
        const updates = play(numberedTracker(), fps, 9, (t) => (t >= 3 && t < 6 ? [] : [faceAt(300)]));
        expect([...allIds(updates)]).to.deep.equal(['t1', 't2']);
        const ended = updates.flatMap((update) => update.ended);
        expect(ended.map((face) => face.trackId)).to.deep.equal(['t1']);
      });

      it('keeps a person through unsure detections that could not start a track', () => {
        const updates = play(numberedTracker(), fps, 6, (t) => [
          faceAt(300, 200, t > 2 && t < 5 ? 0.2 : 0.9),
        ]);
        expect([...allIds(updates)]).to.deep.equal(['t1']);
        expect(updates.every((update) => update.seen.length === 1)).to.equal(true);
      });
    });
  }

  it('keeps the ids of a row of people who stand close together at 2 frames a second', () => {
    const tremble = (t: number): number => 6 * Math.sin(37 * t);
    const updates = play(numberedTracker(), 2, 10, (t) =>
      [100, 180, 260, 340].map((x, n) => faceAt(x + tremble(t + n))),
    );
    for (const update of updates) expect(idsOf(update)).to.deep.equal(idsOf(updates[0]));
  });

  it('works with frames at irregular times', () => {
    const tracker = numberedTracker();
    const times = [0, 30, 400, 420, 1300, 1340, 2000, 2900, 2950, 3600];
    const updates = times.map((ms) => tracker.update([faceAt(100 + 0.08 * ms)], ms, false));
    expect([...allIds(updates)]).to.deep.equal(['t1']);
  });

  it('confirms at the third sighting and never before', () => {
    const updates = play(numberedTracker(), 5, 1, () => [faceAt(300)]);
    expect(updates.map((update) => update.seen[0]?.face.confirmed)).to.deep.equal([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('never confirms a false alarm that flickers once in two seconds', () => {
    const updates = play(numberedTracker(), 5, 20, (t) => (Number.isInteger(t / 2) ? [faceAt(300)] : []));
    expect(updates.some((update) => update.seen.some(({ face }) => face.confirmed))).to.equal(false);
  });

  it('never starts a track from an unsure detection', () => {
    const updates = play(numberedTracker(), 5, 2, () => [faceAt(300, 200, 0.3)]);
    expect(allIds(updates).size).to.equal(0);
  });

  it('ends every track at a scene cut and starts anew in the same frame', () => {
    const tracker = numberedTracker();
    play(tracker, 5, 2, () => [faceAt(100), faceAt(400)]);
    const update = tracker.update([faceAt(100)], 2000, true);
    expect(update.ended.map((face) => face.trackId)).to.have.members(['t1', 't2']);
    expect(idsOf(update)).to.deep.equal(['t3']);
  });

  it('takes the time of the frame before when the clock of a frame runs back', () => {
    const tracker = numberedTracker();
    tracker.update([faceAt(100)], 1000, false);
    const update = tracker.update([faceAt(100)], 400, false);
    expect(update.seen[0]?.face.lastSeenMs).to.equal(1000);
    expect(idsOf(update)).to.deep.equal(['t1']);
  });

  it('tells which tracks were live when it is ended', () => {
    const tracker = numberedTracker();
    tracker.update([faceAt(100)], 0, false);
    expect(tracker.end().map((face) => face.trackId)).to.deep.equal(['t1']);
    expect(tracker.end()).to.deep.equal([]);
  });
});
