import { expect } from 'chai';
import { boxOfCell, decode } from '../../../models/detect/dense-map.js';

describe('A dense map of faces', () => {
  const silent = [-20, 0, 0, 0, 0];
  const map = {
    stride: 16,
    rows: 2,
    columns: 2,
    data: Float32Array.from([silent, silent, silent, [2, 0.25, -0.5, Math.log(3), Math.log(4)]].flat()),
  };

  it('gives boxes about the centres of its cells, in strides', () => {
    // Row 1, column 1: centre (1.5 + 0.25, 1.5 - 0.5) strides, size 3 x 4 strides.
    const { x, y, width, height } = boxOfCell(map, 3);
    expect([x, y, width, height].map((value) => Math.round(value * 100) / 100)).to.deep.equal([
      4, -16, 48, 64,
    ]);
  });

  it('lets through only what is sure enough, best first', () => {
    expect(decode([map], 0.5)).to.have.length(1);
    expect(decode([map], 0.9)).to.have.length(0);
    expect(decode([map], 1e-9).map(({ score }) => score)[0]).to.be.closeTo(0.88, 0.01);
  });
});
