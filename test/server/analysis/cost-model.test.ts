import { expect } from 'chai';
import fc from 'fast-check';
import { CostModel } from '../../../server/analysis/process/cost-model.js';

/** A model that was shown batches of all sizes up to 8. */
function trained(fixedMs: number, frameMs: number): CostModel {
  const model = new CostModel();
  for (let n = 0; n < 300; n++) {
    const frames = 1 + ((n * 5) % 8);
    model.measured(frames, fixedMs + frameMs * frames);
  }
  return model;
}

describe('CostModel', () => {
  it('begins with one frame', () => {
    expect(new CostModel().batchSize).to.equal(1);
  });

  it('tells what every batch costs from what every frame costs', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        (a, b) => {
          const model = trained(a, b);
          expect(model.fixedMs).to.be.closeTo(a, 0.01 * (a + b));
          expect(model.frameMs).to.be.closeTo(b, 0.01 * (a + b));
        },
      ),
    );
  });

  it('takes one frame at a time where more at once save nothing, and tries two now and then', () => {
    const model = trained(0, 6);
    const sizes = Array.from({ length: 32 }, () => {
      const size = model.batchSize;
      model.measured(size, 6 * size);
      return size;
    });
    expect(sizes.filter((size) => size === 1)).to.have.length(30);
    expect(Math.max(...sizes)).to.equal(2);
  });

  it('takes no more than save something each, since each holds memory', () => {
    const perFrame = (frames: number) => 2 / frames + 5;
    const { batchSize } = trained(2, 5);
    expect(perFrame(batchSize - 1) - perFrame(batchSize)).to.be.greaterThan(0.1 * 5);
    expect(perFrame(batchSize) - perFrame(batchSize + 1)).to.be.lessThan(0.1 * 5);
  });

  it('goes on knowing the fixed cost where there are always frames enough', () => {
    const model = trained(2, 5);
    const sizes = Array.from({ length: 600 }, () => {
      const size = model.batchSize;
      model.measured(size, 2 + 5 * size);
      return size;
    });
    expect(sizes.filter((size) => size === 2).length).to.be.greaterThan(550);
    expect(Math.max(...sizes)).to.equal(2);
  });

  it('takes more where that shares a large fixed cost, but none that takes too long', () => {
    expect(trained(2, 5).batchSize).to.equal(2);
    expect(trained(40, 1).batchSize).to.equal(16);
    expect(trained(20, 20).batchSize).to.be.within(3, 4);
    expect(trained(20, 900).batchSize).to.equal(1);
  });
});
