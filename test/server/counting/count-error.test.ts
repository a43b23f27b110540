import { expect } from 'chai';
import type { Track } from '../../../server/analysis/messages.js';
import { clipTruthSchema } from '../../../server/counting/clip-truth.js';
import { judgeCount } from '../../../server/counting/count-error.js';
import { countingSummary, countingTable } from '../../../server/counting/counting-text.js';
import type { ReplayedFrame } from '../../../server/replay/replay-clip.js';
import type { MaskLabel } from '../../../models/mask-classifier.js';

function track(trackId: string, x: number, label: MaskLabel, atMs: number): Track {
  return {
    trackId,
    box: { x, y: 0, width: 20, height: 20 },
    label,
    confidence: 0.9,
    votes: 0,
    confirmed: true,
    firstSeenMs: 0,
    lastSeenMs: atMs,
  };
}

/** Frames every 100 ms of a clip of one second. */
function frames(tracks: (atMs: number) => Track[]): ReplayedFrame[] {
  return Array.from({ length: 11 }, (_, i) => ({
    atMs: i * 100,
    width: 640,
    height: 360,
    tracks: tracks(i * 100),
    ended: [],
  }));
}

const truth = clipTruthSchema.parse({
  clip: 'hall.mp4',
  width: 640,
  height: 360,
  people: [
    { id: 'a', state: 'mask', spans: [[...still(0)]] },
    { id: 'b', state: 'no_mask', spans: [[...still(100)]] },
  ],
  ignored: [still(300)],
});

function still(x: number): number[][] {
  return [
    [0, x, 0, 20, 20],
    [1000, x, 0, 20, 20],
  ];
}

describe('the error of a count', () => {
  it('is nothing where all people are counted once, each in the right state', () => {
    const report = judgeCount(
      truth,
      frames((at) => [track('p1', 0, 'mask', at), track('p2', 100, 'no_mask', at)]),
    );
    expect(report).to.include({ people: 2, counted: 2, stateError: 0, wrongState: 0, switches: 0, idf1: 1 });
    expect(report.unknownShare).to.equal(0);
  });

  it('takes the last voted state and tells a wrong one from an unknown one', () => {
    const wrong = judgeCount(
      truth,
      frames((at) => [
        track('p1', 0, at < 500 ? 'mask' : 'incorrect', at),
        track('p2', 100, at < 900 ? 'no_mask' : 'unknown', at),
      ]),
    );
    expect(wrong).to.include({ counted: 2, wrongState: 1, unknownShare: 0.5 });
    expect(wrong.states.incorrect).to.deep.equal({ truth: 0, counted: 1 });
    // One mask too few, one incorrect too many, one bare face too few.
    expect(wrong.stateError).to.equal(3);
  });

  it('counts a person who was counted twice, and a false one, but nobody in ignored places', () => {
    const report = judgeCount(
      truth,
      frames((at) => [
        track(at < 500 ? 'p1' : 'p3', 0, 'mask', at),
        track('p2', 100, 'no_mask', at),
        track('p4', 300, 'mask', at),
        track('p5', 500, 'unknown', at),
      ]),
    );
    expect(report).to.include({ people: 2, counted: 4, switches: 1 });
    expect(report.states.mask).to.deep.equal({ truth: 1, counted: 2 });
  });

  it('is told as a table with a row for each clip and in a sentence', () => {
    const report = judgeCount(
      truth,
      frames((at) => [track('p1', 0, 'mask', at)]),
    );
    const lines = countingTable([report]).split('\n');
    expect(lines).to.have.length(3);
    expect(lines[2]).to.include('| hall.mp4 | 2 | 1 | 1 of 1 | 0 of 1 | 0 of 0 | 0 | 0 % | 1 |');
    expect(countingSummary([report])).to.include('2 people in 1 clips, 1 counted');
  });

  it('tells the share of people whose state stayed unknown, by clip and over all', () => {
    const half = judgeCount(
      truth,
      frames((at) => [track('p1', 0, 'mask', at), track('p2', 100, 'unknown', at)]),
    );
    const none = judgeCount(
      truth,
      frames((at) => [track('p1', 0, 'mask', at)]),
    );
    const nobody = judgeCount(
      truth,
      frames(() => []),
    );
    const [heading = '', , ...rows] = countingTable([half, none, nobody]).split('\n');
    const at = heading.split(' | ').indexOf('share unknown');
    expect(rows.map((row) => row.split(' | ')[at])).to.deep.equal(['50 %', '0 %', '-', '33 %']);
    expect(rows.at(-1)).to.match(
      /^\| all \| 6 \| 3 \| 2 of 3 \| 0 of 3 \| 0 of 0 \| 1 \| 33 % \| 4 \| 0 \| 0 \| - /,
    );
    expect(countingSummary([half, none, nobody])).to.include('1 of the 3 stayed unknown (33 %)');
    expect(countingSummary([nobody])).to.include('0 of the 0 stayed unknown, ');
  });
});
