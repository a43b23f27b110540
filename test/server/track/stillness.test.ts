import { expect } from 'chai';
import type { RgbImage } from '../../../models/image.js';
import { glanceAt, isStill } from '../../../server/track/stillness.js';
import { MotionGate } from '../../../server/analysis/process/motion-gate.js';
import { composeFrame } from '../../../server/demo/compose-frame.js';
import { cutOut } from '../../../server/demo/cut-out.js';
import { paintMasks } from '../../../server/demo/paint-masks.js';
import { readSampleFaces, samplePhotoPath } from '../../../server/demo/sample-faces.js';

const width = 640;
const height = 360;

/** A wall with some structure, seen by a sensor that adds noise of a few grey values. */
function wall(seed: number, brightness = 0): RgbImage {
  let state = seed;
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const y = Math.floor(i / (width * 3));
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = 90 + brightness + 60 * (y / height) + 6 * (state / 2 ** 32 - 0.5);
  }
  return { width, height, data };
}

describe('A scene in which nothing moves', function () {
  this.timeout(30_000);

  it('looks still whatever the noise of the sensor', () => {
    const first = glanceAt(wall(1));
    for (let seed = 2; seed < 12; seed++) expect(isStill(first, glanceAt(wall(seed)))).to.equal(true);
  });

  it('does not when the light is switched on', () => {
    expect(isStill(glanceAt(wall(1)), glanceAt(wall(2, 20)))).to.equal(false);
  });

  for (const faceHeight of [14, 24, 60]) {
    it(`does not when a person with a face of ${faceHeight} pixels walks in, from the first step on`, async () => {
      const found = (await readSampleFaces())['sample6.jpg']?.faces[1];
      if (found === undefined) throw new Error('no such face');
      const sprite = await cutOut(await paintMasks(samplePhotoPath('sample6.jpg'), []), found, faceHeight);
      const background = wall(1);
      const empty = glanceAt(background);
      // From outside the picture to where half of the person is in it.
      const steps = 8;
      let firstSeen = Infinity;
      for (let step = 1; step <= steps; step++) {
        const visible = (sprite.width / 2) * (step / steps);
        const placed = [{ sprite, x: visible - sprite.width, y: height * 0.4 }];
        const data = composeFrame(wall(step + 1), 0, width, height, placed);
        if (!isStill(empty, glanceAt({ width, height, data }))) firstSeen = Math.min(firstSeen, step);
      }
      expect(firstSeen).to.be.at.most(steps);
    });
  }
});

describe('MotionGate', () => {
  it('lets a frame pass that shows what was searched, but never for longer than half a second', () => {
    const gate = new MotionGate();
    const rests: boolean[] = [];
    for (let n = 0; n < 13; n++) {
      const rested = gate.rests(wall(n + 1), n * 100);
      rests.push(rested);
      if (!rested) gate.searching(n * 100);
    }
    expect(rests).to.deep.equal([
      false,
      true,
      true,
      true,
      true,
      false,
      true,
      true,
      true,
      true,
      false,
      true,
      true,
    ]);
    expect(gate.moving).to.equal(false);
  });

  it('stops everything that moves, also what creeps too slowly to differ from one frame to the next', () => {
    const gate = new MotionGate();
    gate.rests(wall(1), 0);
    gate.searching(0);
    expect(gate.rests(wall(2, 4), 100)).to.equal(true);
    expect(gate.rests(wall(3, 10), 200)).to.equal(false);
    expect(gate.moving).to.equal(true);
  });

  it('lets nothing pass after a search that failed', () => {
    const gate = new MotionGate();
    gate.rests(wall(1), 0);
    gate.searching(0);
    gate.forget();
    expect(gate.rests(wall(2), 100)).to.equal(false);
  });
});
