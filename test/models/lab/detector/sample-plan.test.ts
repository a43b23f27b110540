import { expect } from 'chai';
import fc from 'fast-check';
import { CropPlanner, facesInCrop } from '../../../../models/lab/detector/sample-plan.js';
import { createRandom } from '../../../../models/lab/random.js';

describe('The plan of a training crop', () => {
  const scene = {
    path: 'x.jpg',
    width: 800,
    height: 500,
    faces: [
      { label: 'mask', box: { x: 100, y: 120, width: 40, height: 50 } },
      { label: 'no_mask', box: { x: 600, y: 80, width: 16, height: 20 } },
    ],
  } as const;

  it('always shows at least one face of the scene, unless that is larger than the crop', () => {
    const planner = new CropPlanner([scene]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), (seed) => {
        const plan = planner.next(320, createRandom(seed));
        const largest = 50 * plan.scale;
        if (largest < 320) expect(facesInCrop(plan, 320).length).to.be.at.least(1);
      }),
    );
  });

  it('mirrors the faces with the picture', () => {
    const plan = { scene, scale: 1, left: 0, top: 0, mirrored: false };
    const [plain] = facesInCrop(plan, 320);
    const [mirrored] = facesInCrop({ ...plan, mirrored: true }, 320);
    expect(plain).to.deep.equal({ label: 'mask', box: { x: 100, y: 120, width: 40, height: 50 } });
    expect(mirrored).to.deep.equal({ label: 'mask', box: { x: 180, y: 120, width: 40, height: 50 } });
  });

  it('is the same for the same seed', () => {
    const planner = new CropPlanner([scene]);
    expect(planner.next(320, createRandom(5))).to.deep.equal(planner.next(320, createRandom(5)));
  });
});
