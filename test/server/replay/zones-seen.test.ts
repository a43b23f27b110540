import { expect } from 'chai';
import { clipPicture } from '../../../server/replays/clip-picture.js';
import type { Track } from '../../../server/analysis/messages.js';
import type { Zone } from '../../../server/http/zone-api.js';
import type { ReplayedFrame } from '../../../server/replay/replay-clip.js';
import { zonesSeen } from '../../../server/replay/zones-seen.js';
import { faceClip } from '../../helpers/media.js';
import sharp from 'sharp';

describe('the zones of a replayed clip', () => {
  /** A person whose face is at a share of the picture's width. */
  const person = (trackId: string, at: number, label: Track['label']): Track => ({
    trackId,
    box: { x: at * 640 - 10, y: 170, width: 20, height: 20 },
    label,
    confidence: 0.9,
    confirmed: true,
    votes: 9,
    firstSeenMs: 0,
    lastSeenMs: 0,
  });
  const left: Zone = {
    ...{ id: 'left', name: 'Left', kind: 'area', anchor: 'centre' },
    points: [
      { x: 0, y: 0 },
      { x: 0.5, y: 0 },
      { x: 0.5, y: 1 },
      { x: 0, y: 1 },
    ],
  };
  const middle: Zone = {
    ...{ id: 'middle', name: 'Middle', kind: 'line', anchor: 'centre' },
    points: [
      { x: 0.5, y: 0.9 },
      { x: 0.5, y: 0.1 },
    ],
  };
  /** One goes from left to right and turns out to wear a mask, one stays on the left. */
  const frames: ReplayedFrame[] = Array.from({ length: 9 }, (_, index) => ({
    ...{ atMs: index * 200, width: 640, height: 360, ended: [] },
    tracks: [person('p1', 0.1 + index * 0.1, index < 4 ? 'unknown' : 'mask'), person('p2', 0.2, 'no_mask')],
  }));
  const nobody = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };

  it('count who was inside with his last state, and who crossed in which direction', () => {
    const counted = [
      { zoneId: 'left', name: 'Left', kind: 'area', people: { ...nobody, mask: 1, no_mask: 1 } },
      {
        ...{ zoneId: 'middle', name: 'Middle', kind: 'line' },
        ...{ forward: { ...nobody, mask: 1 }, backward: nobody },
      },
    ];
    expect(zonesSeen(frames, [left, middle])).to.deep.equal(counted);
    expect(zonesSeen(frames, [left, middle])).to.deep.equal(counted);
  });

  it('count nobody where nothing is seen, and nothing without zones', () => {
    expect(zonesSeen([], [left])).to.deep.equal([
      { zoneId: 'left', name: 'Left', kind: 'area', people: nobody },
    ]);
    expect(zonesSeen(frames, [])).to.deep.equal([]);
  });

  it('are drawn on the first picture of the clip', async function () {
    this.timeout(60_000);
    const { format, width, height } = await sharp(await clipPicture(await faceClip())).metadata();
    expect([format, width, height]).to.deep.equal(['jpeg', 640, 360]);
    const none = await clipPicture(import.meta.filename).catch((error: unknown) => error);
    expect(none).to.be.instanceOf(Error);
  });
});
