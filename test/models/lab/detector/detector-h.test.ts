import type { Rank, Tensor, Tensor3D } from '@tensorflow/tfjs';
import { expect } from 'chai';
import { buildDetectorH } from '../../../../models/lab/detector/detector-h.js';
import { detectorLoss } from '../../../../models/lab/detector/detector-loss.js';
import { FlatOptimizer } from '../../../../models/lab/train/flat-optimizer.js';
import { trainedVariables } from '../../../../models/lab/train/trained-variables.js';
import { nativeEngine } from '../../helpers/engines.js';

describe('The detector H', function () {
  this.timeout(60_000);

  it('has 137,615 parameters and three maps of five numbers a cell', async () => {
    const { tf } = await nativeEngine();
    const model = buildDetectorH(tf);
    expect(model.countParams()).to.equal(137_615);
    const outputs = tf.tidy(() =>
      (model.predict(tf.zeros([2, 96, 64, 3])) as Tensor[]).map(({ shape }) => shape),
    );
    expect(outputs).to.deep.equal([
      [2, 12, 8, 5],
      [2, 6, 4, 5],
      [2, 3, 2, 5],
    ]);
    model.dispose();
  });

  it('learns: steps down the gradient lower the loss, and no tensor is left behind', async () => {
    const { tf } = await nativeEngine();
    const model = buildDetectorH(tf);
    const variables = trainedVariables(tf, model);
    const options = { kind: 'adam', decay: 0, averaging: 0, clip: 10, rateScales: [] } as const;
    const optimizer = new FlatOptimizer(tf, variables, options);
    const cells = 64 + 16 + 4;
    const pixels = tf.randomUniform([1, 64, 64, 3], -1, 1, 'float32', 7);
    const scores = tf.tidy(() =>
      tf
        .oneHot(tf.tensor1d([70], 'int32'), cells)
        .toFloat()
        .as2D(1, cells),
    );
    const targets = { scores, positives: scores, boxes: tf.zeros<Rank.R3>([1, cells, 4]) };
    const step = () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => {
          const maps = model.apply(pixels, { training: true }) as Tensor[];
          const answers = tf.concat(
            maps.map((map) => map.reshape<Tensor3D>([1, -1, 5])),
            1,
          );
          return detectorLoss(tf, answers, targets);
        }, variables);
        optimizer.step(grads, 1e-3);
        return value.dataSync<'float32'>()[0] ?? Number.NaN;
      });
    const first = step();
    const before = tf.memory().numTensors;
    const losses = Array.from({ length: 15 }, step);
    expect(losses.at(-1)).to.be.below(0.8 * first);
    expect(tf.memory().numTensors).to.equal(before);
    optimizer.close();
    tf.dispose([pixels, scores, targets.boxes]);
    model.dispose();
  });
});
