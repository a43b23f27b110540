import { expect } from 'chai';
import fc from 'fast-check';
import type { Detection } from '../../../models/detector.js';
import type { TrackerUpdate } from '../../../server/track/tracker.js';
import { idsOf, numberedTracker } from './sequences.js';

const detection = fc
  .record({
    x: fc.integer({ min: -20, max: 640 }),
    y: fc.integer({ min: -20, max: 360 }),
    width: fc.integer({ min: 0, max: 120 }),
    height: fc.integer({ min: 0, max: 120 }),
    score: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ score, ...box }): Detection => ({ box, score: score / 100 }));

const frame = fc.record({
  detections: fc.array(detection, { maxLength: 8 }),
  afterMs: fc.integer({ min: 0, max: 2500 }),
  cut: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
});

type Frame = typeof frame extends fc.Arbitrary<infer T> ? T : never;

function run(frames: readonly Frame[]): TrackerUpdate[] {
  const tracker = numberedTracker();
  let atMs = 0;
  return frames.map(({ detections, afterMs, cut }) => tracker.update(detections, (atMs += afterMs), cut));
}

const scenes = fc.array(frame, { maxLength: 25 });

describe('Tracker, on any sequence', () => {
  it('gives each detection to at most one track and each track at most one detection', () => {
    fc.assert(
      fc.property(scenes, (frames) => {
        run(frames).forEach((update, n) => {
          const ids = idsOf(update);
          const used = update.seen.map((seen) => seen.detection);
          expect(new Set(ids).size).to.equal(ids.length);
          expect(new Set(used).size).to.equal(used.length);
          expect(used.length).to.be.at.most(frames[n]?.detections.length ?? 0);
        });
      }),
    );
  });

  it('ends a track at most once and never sees it again', () => {
    fc.assert(
      fc.property(scenes, (frames) => {
        const gone = new Set<string>();
        for (const update of run(frames)) {
          for (const { trackId } of update.ended) {
            expect(gone.has(trackId)).to.equal(false);
            gone.add(trackId);
          }
          for (const id of idsOf(update)) expect(gone.has(id)).to.equal(false);
        }
      }),
    );
  });

  it('answers the same to the same', () => {
    fc.assert(
      fc.property(scenes, (frames) => {
        expect(run(frames)).to.deep.equal(run(frames));
      }),
    );
  });

  it('does not care for the order of the detections of a frame', () => {
    const shuffled = scenes.chain((frames) =>
      fc.tuple(
        fc.constant(frames),
        fc.tuple(
          ...frames.map(({ detections }) =>
            fc.shuffledSubarray([...detections], {
              minLength: detections.length,
              maxLength: detections.length,
            }),
          ),
        ),
      ),
    );
    const facesOf = (updates: readonly TrackerUpdate[]): unknown =>
      updates.map((update) => update.seen.map(({ face }) => face));
    fc.assert(
      fc.property(shuffled, ([frames, orders]) => {
        const other = frames.map((one, n) => ({ ...one, detections: orders[n] ?? [] }));
        expect(facesOf(run(other))).to.deep.equal(facesOf(run(frames)));
      }),
    );
  });

  it('reports as seen only what was seen in this frame, and times that never run back', () => {
    fc.assert(
      fc.property(scenes, (frames) => {
        let atMs = 0;
        run(frames).forEach((update, n) => {
          atMs += frames[n]?.afterMs ?? 0;
          for (const { face } of update.seen) {
            expect(face.lastSeenMs).to.equal(atMs);
            expect(face.firstSeenMs).to.be.at.most(atMs);
          }
        });
      }),
    );
  });
});
