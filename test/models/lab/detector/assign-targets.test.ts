import { expect } from 'chai';
import type { DenseMap } from '../../../../models/detect/dense-map.js';
import { assignTargets } from '../../../../models/lab/detector/assign-targets.js';

const strides = [8, 16, 32];
const size = 64;

/** A teacher that sees nothing but one face, at one cell of one level. */
function teacher(level: number, cell: number, logit: number, box: readonly number[]): DenseMap[] {
  return strides.map((stride, at) => {
    const side = size / stride;
    const data = new Float32Array(side * side * 5);
    for (let index = 0; index < data.length; index += 5) data[index] = -12;
    if (at === level) data.set([logit, ...box], cell * 5);
    return { stride, rows: side, columns: side, data };
  });
}

const positives = (targets: { positives: Float32Array }) =>
  targets.positives.reduce((sum, one) => sum + one, 0);

describe('Targets for the cells of a detector', () => {
  // Stride 16, row 1, column 1: centre 24, 24; 32 x 32 pixels.
  const seen = teacher(1, 5, 3, [0, 0, Math.log(2), Math.log(2)]);
  const face = { label: 'mask', box: { x: 8, y: 8, width: 32, height: 32 } } as const;
  const at = 64 + 5;

  it('ask the cell that the teacher answers with for a labelled face', () => {
    const targets = assignTargets(seen, { labelled: [face], likely: [] }, 0);
    expect(targets.positives[at]).to.equal(1);
    expect(targets.scores[at]).to.be.above(0.9);
    expect(targets.boxes[at * 4 + 2]).to.be.closeTo(Math.log(2), 1e-5);
  });

  it('ask for a labelled face that the teacher does not see', () => {
    const targets = assignTargets(teacher(0, 0, -12, [0, 0, 0, 0]), { labelled: [face], likely: [] }, 0);
    expect(positives(targets)).to.be.at.least(1);
    expect(Math.max(...targets.scores)).to.be.closeTo(0.6, 1e-6);
  });

  it('take a bare face for surer than a teacher who knows masks', () => {
    const unsure = teacher(1, 5, 0, [0, 0, Math.log(2), Math.log(2)]);
    const bare = { ...face, label: 'no_mask' } as const;
    const score = (labelled: typeof bare | typeof face) =>
      assignTargets(unsure, { labelled: [labelled], likely: [] }, 0.9).scores[at];
    expect(score(face)).to.be.closeTo(0.6 * 0.5 + 0.4, 1e-6);
    expect(score(bare)).to.be.closeTo(0.6 * 0.9 + 0.4, 1e-6);
  });

  it('take over a face that nobody labelled only where the teacher is sure', () => {
    expect(assignTargets(seen, { labelled: [], likely: [] }, 0).positives[at]).to.equal(1);
    const nothing = { labelled: [], likely: [] };
    const unsure = assignTargets(teacher(1, 5, 0.3, [0, 0, Math.log(2), Math.log(2)]), nothing, 0);
    expect(positives(unsure)).to.equal(0);
    expect(unsure.scores[at], 'not held against the network').to.be.closeTo(0.574, 0.001);
  });

  it('believe in a likely face only together with the teacher', () => {
    expect(assignTargets(seen, { labelled: [], likely: [face] }, 0).positives[at]).to.equal(1);
    const blind = teacher(0, 0, -12, [0, 0, 0, 0]);
    expect(positives(assignTargets(blind, { labelled: [], likely: [face] }, 0))).to.equal(0);
  });

  it('neither ask for nor forbid faces too small to see', () => {
    const blind = teacher(0, 0, -12, [0, 0, 0, 0]);
    const tiny = { label: 'mask', box: { x: 50, y: 50, width: 4, height: 4 } } as const;
    const targets = assignTargets(blind, { labelled: [tiny], likely: [] }, 0);
    expect(positives(targets)).to.equal(0);
    expect(Math.max(...targets.scores)).to.be.below(0.001);
  });
});
