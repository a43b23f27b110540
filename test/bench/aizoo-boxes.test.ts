import { expect } from 'chai';
import { aizooAnchors, aizooFaces } from '../../bench/subjects/aizoo-boxes.js';

describe("the reading of AIZOO's outputs", () => {
  const anchors = aizooAnchors();
  const count = anchors.length / 4;
  const size = { width: 1000, height: 500 };

  it('has as many anchors as the network has answers', () => {
    expect(count).to.equal(5972);
  });

  it('gives the anchor itself where the network moves nothing', () => {
    const classes = new Float32Array(2 * count);
    // The last cell of the coarsest map: four anchors, of which the second is the larger square.
    classes[2 * (count - 3) + 1] = 0.9;
    const [face, ...others] = aizooFaces(anchors, new Float32Array(4 * count), classes, size, 0.5);
    expect(others).to.deep.equal([]);
    expect(face?.noMask).to.be.closeTo(0.9, 1e-6);
    expect(face?.box.width).to.be.closeTo(0.72 * 1000, 1e-3);
    expect(face?.box.height).to.be.closeTo(0.72 * 500, 1e-3);
    expect(face?.box.x).to.be.closeTo((2.5 / 3 - 0.36) * 1000, 1e-3);
  });

  it('moves and stretches anchors, and keeps one box of several of the same face', () => {
    const classes = new Float32Array(2 * count);
    const offsets = new Float32Array(4 * count);
    classes[0] = 0.8;
    classes[2] = 0.7;
    offsets.set([1, 0, Math.log(2) / 0.2, 0], 0);
    offsets.set([1, 0, Math.log(2) / 0.2, 0], 4);
    const faces = aizooFaces(anchors, offsets, classes, size, 0.5);
    expect(faces).to.have.length(1);
    expect(faces[0]?.mask).to.be.closeTo(0.8, 1e-6);
    expect(faces[0]?.box.width).to.be.closeTo(2 * 40, 1e-3);
    expect(faces[0]?.box.x).to.be.closeTo((0.5 / 33) * 1000 + 0.1 * 40 - 40, 1e-3);
  });
});
