import { expect } from 'chai';
import fc from 'fast-check';
import { backoffMs } from '../../../streams/camera/backoff.js';
import { defaultLimits } from '../../../streams/camera/camera-limits.js';
import { StartSlots } from '../../../streams/camera/start-slots.js';
import { supervisedStatus } from '../../../streams/camera/supervised-status.js';
import type { Supervision, SupervisionEvent } from '../../../streams/camera/supervision.js';
import { notStarted, supervise } from '../../../streams/camera/supervision.js';

const facts = { width: 640, height: 360, fps: 25, cameraCodec: 'h264', codec: 'h264' } as const;

/** Feeds events, each some milliseconds after the one before; returns the last state. */
function play(steps: readonly (readonly [afterMs: number, event: SupervisionEvent])[]): Supervision {
  let nowMs = 0;
  return steps.reduce((state, [afterMs, event]) => {
    nowMs += afterMs;
    return supervise(state, event, { nowMs, random: 1, limits: defaultLimits }).next;
  }, notStarted);
}

const start = { type: 'start', delayMs: 0 } as const;
const timer = { type: 'timer', lastFrameMs: 0 } as const;
const video = { type: 'video', facts } as const;
const frame = { type: 'frame' } as const;
const failed = { type: 'feed-failed', reason: 'connection refused', fatal: false } as const;

const anyEvent: fc.Arbitrary<SupervisionEvent> = fc.oneof(
  fc.constant<SupervisionEvent>(start),
  fc.constant<SupervisionEvent>(video),
  fc.constant<SupervisionEvent>(frame),
  fc.nat(60_000).map((lastFrameMs): SupervisionEvent => ({ type: 'timer', lastFrameMs })),
  fc.constant<SupervisionEvent>({ type: 'feed-ended' }),
  fc.constant<SupervisionEvent>({ type: 'feed-stopped' }),
  fc.boolean().map((fatal): SupervisionEvent => ({ ...failed, fatal })),
  fc.constant<SupervisionEvent>({ type: 'stop', reason: 'removed' }),
);

describe('the supervision of a source', () => {
  it('connects, goes live, and is then well', () => {
    const state = play([
      [0, start],
      [0, timer],
      [500, video],
      [100, frame],
    ]);
    expect(supervisedStatus(state, 0)).to.deep.equal({
      state: 'live',
      reason: '',
      reconnects: 0,
      video: facts,
    });
  });

  it('tells when the next attempt starts', () => {
    const state = play([
      [0, start],
      [0, timer],
      [500, failed],
    ]);
    expect(supervisedStatus(state, 10_000)).to.deep.equal({
      state: 'retrying',
      reason: 'connection refused',
      reconnects: 0,
      nextAttemptAt: 11_500,
    });
  });

  it('gives up a camera without a first picture, and one whose pictures stop', () => {
    const silent = play([
      [0, start],
      [0, timer],
      [0, video],
      [defaultLimits.firstFrameMs, timer],
    ]);
    expect(supervisedStatus(silent, 0)).to.deep.include({ state: 'stalled', reason: 'no video for 10 s' });
    const dried = play([
      [0, start],
      [0, timer],
      [0, video],
      [5, frame],
      [defaultLimits.frameGapMs, timer],
    ]);
    expect(supervisedStatus(dried, 0)).to.deep.include({ state: 'stalled', reason: 'no video for 10 s' });
  });

  it('does not try again what cannot get better', () => {
    const state = play([
      [0, start],
      [0, timer],
      [10, { ...failed, fatal: true }],
      [60_000, timer],
    ]);
    expect(supervisedStatus(state, 0)).to.deep.include({ state: 'failed', reason: 'connection refused' });
  });

  it('ends with a file', () => {
    const state = play([
      [0, start],
      [0, timer],
      [10, video],
      [10, frame],
      [10, { type: 'feed-ended' }],
    ]);
    expect(supervisedStatus(state, 0)).to.deep.include({ state: 'stopped', reason: 'end of file' });
  });

  it('waits little again after the source was live for long', () => {
    const fail = [
      [0, failed],
      [40_000, timer],
    ] as const;
    const troubled = [[0, start], [0, timer], ...fail, ...fail, ...fail, [0, video], [0, frame]] as const;
    expect(play([...troubled, [1000, failed]]).failures).to.equal(4);
    expect(play([...troubled, [defaultLimits.stableMs, failed]]).failures).to.equal(1);
  });

  it('never runs two feeds at once, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20_000), anyEvent), { maxLength: 80 }), (steps) => {
        let state = notStarted;
        let running = false;
        let nowMs = 0;
        for (const [afterMs, event] of steps) {
          nowMs += afterMs;
          // A feed that does not run has nothing to say.
          if (!running && /^(feed|video|frame)/.test(event.type)) continue;
          const step = supervise(state, event, { nowMs, random: 0.5, limits: defaultLimits });
          if (event.type.startsWith('feed')) running = false;
          if (step.action === 'open') {
            expect(running).to.equal(false);
            running = true;
          }
          if (step.action === 'close') expect(running).to.equal(true);
          state = step.next;
          expect(['opening', 'first-frame', 'live', 'closing'].includes(state.phase.name)).to.equal(running);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the waits between attempts', () => {
  it('grow, stay within half and all of the ceiling, and never pass 30 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const ceiling = Math.min(30_000, 1000 * 2 ** (failures - 1));
          const wait = backoffMs(failures, random, defaultLimits.backoff);
          expect(wait).to.be.within(ceiling / 2, ceiling);
        },
      ),
    );
  });

  it('spread the cameras of one start over time', () => {
    const slots = new StartSlots(250);
    const waits = Array.from({ length: 16 }, () => slots.take(1000, 0));
    expect(waits).to.deep.equal(waits.map((_, index) => index * 250));
    expect(slots.take(100_000, 0.5)).to.equal(0);
  });
});
