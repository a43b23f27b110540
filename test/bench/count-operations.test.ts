import { expect } from 'chai';
import { layerOperations } from '../../bench/limit/count-operations.js';

describe('the counting of operations', () => {
  it('counts two for each weight at each place', () => {
    const convolution = { className: 'Conv2D', kernel: [3, 3, 16, 32], output: [10, 20, 32] };
    expect(layerOperations(convolution)).to.equal(2 * 3 * 3 * 16 * 32 * 10 * 20);
    const depthwise = { className: 'DepthwiseConv2D', kernel: [3, 3, 16, 1], output: [10, 20, 16] };
    expect(layerOperations(depthwise)).to.equal(2 * 3 * 3 * 16 * 10 * 20);
    expect(layerOperations({ className: 'Dense', kernel: [128, 4], output: [4] })).to.equal(2 * 128 * 4);
  });

  it('counts nothing for what only moves or bends numbers', () => {
    expect(layerOperations({ className: 'ReLU', kernel: [], output: [10, 20, 32] })).to.equal(0);
  });
});
