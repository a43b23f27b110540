import { expect } from 'chai';
import { boxesAt } from '../../../client/src/overlay/boxes-at.js';
import { face, frame } from './frames.js';

const ms = 90;

describe('boxesAt', () => {
  it('gives the boxes of the very picture, in fractions of it', () => {
    const { basis, boxes } = boxesAt({ before: frame(5, [face('a', 200, 100)]) }, 5);
    expect(basis).to.equal('exact');
    expect(boxes[0]?.box).to.deep.equal({ x: 0.2, y: 0.2, width: 0.1, height: 0.2 });
    expect(boxes[0]?.alpha).to.equal(1);
  });

  it('glides between two analysed pictures, track by track', () => {
    const before = frame(0, [face('a', 100), face('b', 500)]);
    const after = frame(100 * ms, [face('b', 400), face('a', 200)]);
    const { basis, boxes } = boxesAt({ before, after }, 25 * ms);
    expect(basis).to.equal('interpolated');
    expect(boxes.map(({ trackId, box }) => [trackId, Math.round(box.x * 1000)])).to.deep.equal([
      ['a', 125],
      ['b', 475],
    ]);
  });

  it('glides over the wrap of the timestamp', () => {
    const before = frame(2 ** 32 - 50 * ms, [face('a', 100)]);
    const after = frame(50 * ms, [face('a', 200)]);
    const { basis, boxes } = boxesAt({ before, after }, 0);
    expect(basis).to.equal('interpolated');
    expect(boxes[0]?.box.x).to.be.closeTo(0.15, 1e-9);
  });

  it('keeps the earlier label until the later picture is there', () => {
    const before = frame(0, [face('a', 100, 0, { label: 'unknown' })]);
    const after = frame(100 * ms, [face('a', 100, 0, { label: 'mask' })]);
    expect(boxesAt({ before, after }, 99 * ms).boxes[0]?.label).to.equal('unknown');
  });

  it('fades out who left and fades in who came', () => {
    const before = frame(0, [face('left', 100)]);
    const after = frame(100 * ms, [face('came', 300)]);
    const { boxes } = boxesAt({ before, after }, 75 * ms);
    expect(boxes.map(({ trackId, alpha }) => [trackId, alpha])).to.deep.equal([
      ['left', 0.25],
      ['came', 0.75],
    ]);
  });

  it('does not join pictures that are more than a second apart', () => {
    const before = frame(0, [face('a', 100)]);
    const after = frame(1500 * ms, [face('a', 900)]);
    expect(boxesAt({ before, after }, 700 * ms)).to.deep.equal({ basis: 'none', boxes: [] });
  });

  it('moves a box on by its own speed for a moment, then lets it stand and fade', () => {
    const previous = frame(0, [face('a', 100)]);
    const before = frame(100 * ms, [face('a', 200)]);
    const soon = boxesAt({ previous, before }, 150 * ms);
    expect(soon.basis).to.equal('extrapolated');
    expect(soon.boxes[0]?.box.x).to.be.closeTo(0.25, 1e-9);
    expect(soon.boxes[0]?.alpha).to.equal(1);
    const later = boxesAt({ previous, before }, 500 * ms);
    expect(later.boxes[0]?.box.x).to.be.closeTo(0.32, 1e-9);
    expect(later.boxes[0]?.alpha).to.be.within(0.1, 0.5);
  });

  it('shows nothing half a second after the last news, and before the first', () => {
    expect(boxesAt({ before: frame(0, [face('a', 1)]) }, 500 * ms)).to.deep.equal({
      basis: 'none',
      boxes: [],
    });
    expect(boxesAt({ after: frame(90, [face('a', 1)]) }, 0)).to.deep.equal({ basis: 'none', boxes: [] });
  });

  it('lets a box stand where no earlier picture tells its speed', () => {
    const { boxes } = boxesAt({ before: frame(0, [face('a', 100)]) }, 60 * ms);
    expect(boxes[0]?.box.x).to.equal(0.1);
  });
});
