import { expect } from 'chai';
import fc from 'fast-check';
import { CameraLedger } from '../../../server/ledger/camera-ledger.js';
import { type LedgerChange, minuteOf } from '../../../server/ledger/ledger-change.js';
import { localDayOf } from '../../../server/ledger/local-day.js';
import { addCounts, complianceOf, nobody, withPeople } from '../../../server/ledger/people-counts.js';
import type { EndedTrack, Track, TracksMessage } from '../../../server/analysis/messages.js';
import type { PeopleCounts, Visit } from '../../../server/realtime/events.js';
import { track, tracksAt } from '../../helpers/people.js';

const noon = new Date(2026, 2, 10, 12).getTime();
const day = localDayOf(noon);

function book(): CameraLedger {
  return new CameraLedger('door', day, nobody);
}

/** Both clocks, with the wall clock at noon when the monotonic one is at 0. */
function at(monotonicMs: number, wallShiftMs = 0): { monotonicMs: number; epochMs: number } {
  return { monotonicMs, epochMs: noon + monotonicMs + wallShiftMs };
}

function visitsOf(changes: readonly LedgerChange[]): Visit[] {
  return changes.flatMap((change) => (change.type === 'visit' ? [change.visit] : []));
}

describe('the book of one camera', () => {
  it('counts a person once, over all his frames, and never an unconfirmed one', () => {
    const camera = book();
    const young = track('a', { confirmed: false });
    expect(visitsOf(camera.accept(tracksAt(0, [young]), at(0)))).to.deep.equal([]);
    expect(camera.inView()).to.deep.equal(nobody);
    const [begun] = visitsOf(
      camera.accept(tracksAt(300, [track('a', { firstSeenMs: 0, lastSeenMs: 300 })]), at(350)),
    );
    expect(begun).to.include({ visitId: 'a', firstSeenAt: noon, lastSeenAt: noon + 300, ended: false });
    for (let ms = 400; ms < 1500; ms += 100) {
      const changes = camera.accept(tracksAt(ms, [track('a', { lastSeenMs: ms })]), at(ms));
      expect(visitsOf(changes)).to.deep.equal([]);
    }
    expect(camera.inView()).to.deep.equal({ ...nobody, mask: 1 });
    const ended: EndedTrack = { ...track('a', { lastSeenMs: 1400 }), changes: 2 };
    const [end] = visitsOf(camera.accept(tracksAt(3000, [], { ended: [ended] }), at(3000)));
    expect(end).to.include({ lastSeenAt: noon + 1400, changes: 2, ended: true });
    expect(camera.inView()).to.deep.equal(nobody);
    expect(camera.today()).to.deep.equal({ ...nobody, mask: 1 });
    expect(visitsOf(camera.accept(tracksAt(3100, [], { ended: [ended] }), at(3100))), 'told twice').to.be
      .empty;
  });

  it('tells a change of state once and moves the person in today and in the bucket', () => {
    const camera = book();
    camera.accept(tracksAt(0, [track('a', { label: 'unknown' })]), at(0));
    camera.accept(tracksAt(100, [track('a', { label: 'no_mask', lastSeenMs: 100 })]), at(100));
    const changes = camera.accept(tracksAt(200, [track('a', { label: 'mask', lastSeenMs: 200 })]), at(200));
    expect(visitsOf(changes)).to.have.length(1);
    expect(visitsOf(changes)[0]).to.include({ state: 'mask', changes: 1 });
    expect(changes.find(({ type }) => type === 'people')).to.deep.include({
      people: { mask: 1, no_mask: -1, incorrect: 0, unknown: 0 },
    });
    expect(camera.today()).to.deep.equal({ ...nobody, mask: 1 });
  });

  it('ends open visits when analysis is interrupted, the camera opened anew, or no frame comes', () => {
    for (const end of [
      (camera: CameraLedger) => camera.interrupt(),
      (camera: CameraLedger) => camera.accept(tracksAt(200, [], { generation: 2 }), at(200)),
      (camera: CameraLedger) => camera.endStale(at(10_100)),
    ]) {
      const camera = book();
      camera.accept(tracksAt(100, [track('a', { lastSeenMs: 100 })]), at(100));
      expect(camera.endStale(at(9000))).to.deep.equal([]);
      const [visit] = visitsOf(end(camera));
      expect(visit).to.include({ visitId: 'a', ended: true, lastSeenAt: noon + 100, state: 'mask' });
      expect(camera.today()).to.deep.equal({ ...nobody, mask: 1 });
    }
  });

  it('ignores late frames of an older life of the camera', () => {
    const camera = book();
    camera.accept(tracksAt(0, [], { generation: 2 }), at(0));
    expect(camera.accept(tracksAt(0, [track('old')], { generation: 1 }), at(1))).to.deep.equal([]);
    expect(camera.inView()).to.deep.equal(nobody);
  });

  it('goes on with a stay that was ended too early, without counting the person again', () => {
    const camera = book();
    camera.accept(tracksAt(0, [track('a')]), at(0));
    camera.endStale(at(11_000));
    const [again] = visitsOf(
      camera.accept(tracksAt(11_100, [track('a', { lastSeenMs: 11_100 })]), at(11_100)),
    );
    expect(again).to.include({ visitId: 'a', ended: false, lastSeenAt: noon + 11_100 });
    expect(camera.today()).to.deep.equal({ ...nobody, mask: 1 });
  });

  it('keeps durations true when the wall clock jumps', () => {
    const camera = book();
    camera.accept(tracksAt(0, [track('a')]), at(0));
    const seen = track('a', { lastSeenMs: 5000, label: 'no_mask' });
    const [visit] = visitsOf(camera.accept(tracksAt(5000, [seen]), at(5000, -86_400_000)));
    expect(visit).to.include({ firstSeenAt: noon, lastSeenAt: noon + 5000 });
  });

  it('starts a day with the people in view', () => {
    const camera = book();
    camera.accept(tracksAt(0, [track('a'), track('b', { label: 'no_mask' })]), at(0));
    camera.accept(
      tracksAt(100, [], { ended: [{ ...track('b', { label: 'no_mask' }), changes: 0 }] }),
      at(100),
    );
    camera.beginDay({ start: day.end, end: day.end + 86_400_000 }, nobody);
    expect(camera.today()).to.deep.equal({ ...nobody, mask: 1 });
  });

  it('knows how long it watched, and that a hole is a hole', () => {
    const camera = book();
    const watched = [0, 100, 200, 60_000, 60_100].flatMap((ms) =>
      camera
        .accept(tracksAt(ms, []), at(ms))
        .flatMap((change) => (change.type === 'watched' ? [[change.minuteAt, change.watchedMs]] : [])),
    );
    expect(watched).to.deep.equal([
      [minuteOf(noon), 100],
      [minuteOf(noon), 100],
      [minuteOf(noon + 60_000), 6000],
      [minuteOf(noon + 60_000), 100],
    ]);
  });

  it('has buckets whose sum is the visits, by minute and state, whatever happens', () => {
    const label = fc.constantFrom('mask', 'no_mask', 'incorrect', 'unknown');
    const step = fc.record({
      kind: fc.constantFrom('see', 'see', 'see', 'end', 'interrupt', 'stale', 'generation'),
      who: fc.nat(5),
      label,
      confirmed: fc.boolean(),
      afterMs: fc.nat(40_000),
      wallShiftMs: fc.integer({ min: -90_000_000, max: 90_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const camera = book();
        const visits = new Map<string, Visit>();
        const buckets = new Map<number, PeopleCounts>();
        let ms = 0;
        let generation = 1;
        for (const { kind, who, label: state, confirmed, afterMs, wallShiftMs } of steps) {
          ms += afterMs;
          const now = at(ms, wallShiftMs);
          const person: Track = track(`p${who}`, {
            label: state,
            confirmed,
            firstSeenMs: Math.max(0, ms - 500),
            lastSeenMs: ms,
          });
          const message = (overrides: Partial<TracksMessage>): TracksMessage =>
            tracksAt(ms, [], { generation, ...overrides });
          let changes: LedgerChange[];
          if (kind === 'interrupt') changes = camera.interrupt();
          else if (kind === 'stale') changes = camera.endStale(now);
          else if (kind === 'end') {
            changes = camera.accept(message({ ended: [{ ...person, changes: 1 }] }), now);
          } else {
            if (kind === 'generation') generation++;
            changes = camera.accept(message({ tracks: [person] }), now);
          }
          for (const change of changes) {
            if (change.type === 'visit' || change.type === 'touch')
              visits.set(change.visit.visitId, change.visit);
            if (change.type !== 'people') continue;
            const earlier = buckets.get(change.minuteAt) ?? nobody;
            buckets.set(change.minuteAt, addCounts(earlier, change.people));
          }
        }
        const expected = new Map<number, PeopleCounts>([...buckets.keys()].map((minute) => [minute, nobody]));
        for (const { firstSeenAt, lastSeenAt, state } of visits.values()) {
          expect(lastSeenAt).to.be.at.least(firstSeenAt);
          const minute = minuteOf(firstSeenAt);
          expected.set(minute, withPeople(expected.get(minute) ?? nobody, state, 1));
        }
        expect(Object.fromEntries(buckets)).to.deep.equal(Object.fromEntries(expected));
        const open = [...visits.values()].filter(({ ended }) => !ended);
        const inView = open.reduce((sum, { state }) => withPeople(sum, state, 1), nobody);
        expect(camera.inView()).to.deep.equal(inView);
      }),
      { numRuns: 300 },
    );
  });
});

describe('compliance', () => {
  it('is the share of masks among decided people, and no value without any', () => {
    expect(complianceOf({ mask: 3, no_mask: 0, incorrect: 1, unknown: 9 })).to.equal(0.75);
    expect(complianceOf({ mask: 0, no_mask: 2, incorrect: 0, unknown: 0 })).to.equal(0);
    expect(complianceOf({ mask: 0, no_mask: 0, incorrect: 0, unknown: 4 })).to.equal(null);
  });
});
