import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { crossesItself } from '../../../server/zones/geometry.js';
import { coverWithBoxes, type PrivacyArea, privacyFilters } from '../../../streams/ffmpeg/privacy-boxes.js';

/** Even-odd rule, on its own. */
function inside(area: PrivacyArea, x: number, y: number): boolean {
  let found = false;
  for (const [index, a] of area.entries()) {
    const b = area[(index + 1) % area.length] ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) found = !found;
  }
  return found;
}

const share = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
const area = fc.array(fc.record({ x: share, y: share }), { minLength: 3, maxLength: 7 });

describe('privacy areas', () => {
  it('are covered whole, whatever their shape', () => {
    fc.assert(
      fc.property(area, share, share, (corners, x, y) => {
        fc.pre(inside(corners, x, y));
        fc.pre(!crossesItself(corners));
        const covered = coverWithBoxes(corners).some(
          ({ left, top, right, bottom }) => x >= left && x <= right && y >= top && y <= bottom,
        );
        expect(covered).to.equal(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('need one box for a rectangle, and stay close to a slope', () => {
    const corners = (right: number) => [
      { x: 0.1, y: 0.2 },
      { x: 0.5, y: 0.2 },
      { x: right, y: 0.6 },
      { x: 0.1, y: 0.6 },
    ];
    expect(coverWithBoxes(corners(0.5))).to.deep.equal([{ left: 0.1, top: 0.2, right: 0.5, bottom: 0.6 }]);
    const slope = coverWithBoxes(corners(0.9));
    expect(slope.length).to.be.within(36, 40);
    const surplus = slope.reduce(
      (sum, { left, right, top, bottom }) => sum + (right - left) * (bottom - top),
      0,
    );
    expect(surplus - 0.24).to.be.within(0, 0.005);
  });

  it('are black in real pictures and leave the rest alone', async function () {
    this.timeout(20_000);
    const triangle: PrivacyArea = [
      { x: 0.25, y: 0.1 },
      { x: 0.9, y: 0.5 },
      { x: 0.25, y: 0.9 },
    ];
    const { stdout } = await promisify(execFile)(
      'ffmpeg',
      [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'color=white:size=322x182:rate=1:duration=1'],
        ...['-vf', ['format=yuv420p', ...privacyFilters([triangle]), 'format=gray'].join(',')],
        ...['-f', 'rawvideo', 'pipe:1'],
      ],
      { encoding: 'buffer' },
    );
    let [black, white] = [0, 0];
    for (let row = 0; row < 182; row++) {
      for (let column = 0; column < 322; column++) {
        const value = stdout[row * 322 + column] ?? 128;
        const [x, y] = [(column + 0.5) / 322, (row + 0.5) / 182];
        if (inside(triangle, x, y)) expect(value).to.be.below(20);
        if (value < 20) black++;
        if (value > 230) white++;
      }
    }
    expect(black + white).to.equal(322 * 182);
    expect(black / (322 * 182)).to.be.closeTo(0.26, 0.02);
  });
});
