import { expect } from 'chai';
import { composeFrame } from '../../../server/demo/compose-frame.js';
import type { Sprite } from '../../../server/demo/cut-out.js';
import { demoScene } from '../../../server/demo/demo-scene.js';
import { maskSvg } from '../../../server/demo/mask-shape.js';
import { paintMasks } from '../../../server/demo/paint-masks.js';
import { readSampleFaces, samplePhotoPath } from '../../../server/demo/sample-faces.js';

const dot: Sprite = {
  width: 2,
  height: 1,
  data: Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 0]),
  face: { x: 0, y: 0, width: 1, height: 1 },
};

describe('the demo clip', function () {
  this.timeout(60_000);

  it('begins and ends in the same place, so that it loops without a cut', async () => {
    const scene = await demoScene(960, 540);
    expect(scene.offset(0)).to.equal(0);
    expect(scene.offset(1)).to.be.closeTo(0, 1e-6);
    expect(scene.placements(0)).to.deep.equal([]);
    expect(scene.placements(1)).to.deep.equal([]);
    expect(scene.offset(0.5)).to.equal(scene.panorama.width - 960);
  });

  it('has people crossing each other', async () => {
    const scene = await demoScene(960, 540);
    const order = (share: number): boolean => {
      const [first, second] = scene.placements(share);
      return (first?.x ?? 0) < (second?.x ?? 0);
    };
    expect(order(0.66)).to.not.equal(order(0.88));
  });

  it('lays sprites over the backdrop, cut at the edges', () => {
    const backdrop = { width: 4, height: 1, data: Uint8Array.from([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]) };
    const frame = composeFrame(backdrop, 1, 2, 1, [{ sprite: dot, x: 0, y: 0 }]);
    expect([...frame]).to.deep.equal([255, 0, 0, 3, 3, 3]);
    expect([...composeFrame(backdrop, 9, 2, 1, [{ sprite: dot, x: -2, y: 0 }])]).to.deep.equal([
      3, 3, 3, 4, 4, 4,
    ]);
    expect(() => composeFrame(backdrop, 0, 5, 1, [])).to.throw(RangeError);
  });

  it('paints a mask over the mouth and leaves the eyes alone; below the nose it leaves the nose alone', async () => {
    const face = (await readSampleFaces())['sample3.jpg']?.faces[1];
    if (face === undefined) throw new Error('the sample has no such face');
    const path = samplePhotoPath('sample3.jpg');
    const bare = await paintMasks(path, []);
    const differs = async (
      wearing: 'over-nose' | 'under-nose',
      [x, y]: readonly [number, number],
    ): Promise<boolean> => {
      const painted = await paintMasks(path, [
        { face, style: { wearing, colour: '#ffffff', pleats: false } },
      ]);
      const at = (y * painted.width + x) * 3;
      return Math.abs((painted.data[at + 2] ?? 0) - (bare.data[at + 2] ?? 0)) > 15;
    };
    const eye = [face.eyes[0] ?? 0, face.eyes[1] ?? 0] as const;
    expect(await differs('over-nose', face.lowerLip)).to.equal(true);
    expect(await differs('over-nose', face.noseTip)).to.equal(true);
    expect(await differs('over-nose', eye)).to.equal(false);
    expect(await differs('under-nose', face.lowerLip)).to.equal(true);
    expect(await differs('under-nose', face.noseTip)).to.equal(false);
  });

  it('draws every mask with finite numbers', async () => {
    for (const { faces } of Object.values(await readSampleFaces())) {
      for (const face of faces) {
        for (const wearing of ['over-nose', 'under-nose', 'on-chin'] as const) {
          expect(maskSvg(face, { wearing, colour: '#9cc7e4', pleats: true }, 'a')).to.not.match(
            /NaN|Infinity|undefined/,
          );
        }
      }
    }
  });
});
