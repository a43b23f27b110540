import { expect } from 'chai';
import type { Tf } from '../../../../models/engine/engine.js';
import { lessonLoss } from '../../../../models/lab/train/lesson-loss.js';
import { nativeEngine } from '../../helpers/engines.js';

describe('lessonLoss', () => {
  let tf: Tf;
  before(async () => {
    ({ tf } = await nativeEngine());
  });

  /** Loss of two faces of three classes: the first is 0 and said to be 0 by e^2 : 1 : 1, the second is 2 and nothing is known of it. */
  function loss(classWeights: readonly number[], labelSmoothing = 0): number {
    return tf.tidy(() => {
      const logits = tf.tensor2d([2, 0, 0, 0, 0, 0], [2, 3]);
      const truth = tf.tensor1d([0, 2], 'int32');
      return lessonLoss(tf, logits, truth, null, { labelSmoothing, classWeights }).dataSync()[0] ?? NaN;
    });
  }

  const [first, second] = [Math.log((Math.E ** 2 + 2) / Math.E ** 2), Math.log(3)];

  it('is the mean over the faces, weighed by their class', () => {
    expect(loss([1, 1, 1])).to.be.closeTo((first + second) / 2, 1e-6);
    expect(loss([3, 1, 1])).to.be.closeTo((3 * first + second) / 4, 1e-6);
    expect(loss([1, 9, 0.5])).to.be.closeTo((first + 0.5 * second) / 1.5, 1e-6);
    // Not the weights' size, only what they are to each other.
    expect(loss([30, 10, 10])).to.be.closeTo(loss([3, 1, 1]), 1e-6);
  });

  it('takes 1 for a class of which nothing is said, and 0 for a batch whose classes all weigh nothing', () => {
    expect(loss([])).to.be.closeTo((first + second) / 2, 1e-6);
    expect(loss([3])).to.be.closeTo((3 * first + second) / 4, 1e-6);
    expect(loss([0, 1, 0])).to.equal(0);
  });

  it('spreads a part of the target over all outputs', () => {
    const others = 2 + first;
    const smooth = 0.3;
    const one = (1 - smooth + smooth / 3) * first + (2 * smooth * others) / 3;
    expect(loss([1, 1, 1], smooth)).to.be.closeTo((one + second) / 2, 1e-6);
  });
});
