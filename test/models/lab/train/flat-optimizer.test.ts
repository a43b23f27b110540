import { expect } from 'chai';
import { loadEngine } from '../../../../models/engine/load-engine.js';
import type { Tf } from '../../../../models/engine/engine.js';
import { FlatOptimizer } from '../../../../models/lab/train/flat-optimizer.js';
import { rateAt } from '../../../../models/lab/train/schedule.js';

describe('FlatOptimizer', () => {
  let tf: Tf;
  before(async () => {
    ({ tf } = await loadEngine({ threads: 1 }));
  });

  it('moves like Adam: by the rate against the sign of the first gradient, each variable by its own scale', () => {
    const variables = [tf.variable(tf.tensor1d([1, 2])), tf.variable(tf.tensor2d([[3]]))];
    const optimizer = new FlatOptimizer(tf, variables, {
      kind: 'adam',
      decay: 0,
      averaging: 0,
      clip: 100,
      rateScales: [1, 3],
    });
    const gradients = Object.fromEntries(
      variables.map((v, i) => [v.name, i === 0 ? tf.tensor1d([5, -5]) : tf.tensor2d([[1]])]),
    );
    optimizer.step(gradients, 0.1);
    const [first, second] = variables.map((v) => [...v.dataSync()]);
    expect(first?.[0]).to.be.closeTo(0.9, 1e-4);
    expect(first?.[1]).to.be.closeTo(2.1, 1e-4);
    expect(second?.[0]).to.be.closeTo(2.7, 1e-4);
    optimizer.close();
  });

  it('comes to the minimum of a bowl, keeps no tensors, and goes on from its state exactly', () => {
    const run = (steps: number, restart: number): number[] => {
      const variable = tf.variable(tf.tensor1d([4, -3]));
      const make = (): FlatOptimizer =>
        new FlatOptimizer(tf, [variable], {
          kind: 'adam',
          decay: 0,
          averaging: 0.5,
          clip: 10,
          rateScales: [],
        });
      let optimizer = make();
      const before = tf.memory().numTensors;
      for (let step = 0; step < steps; step++) {
        if (step === restart) {
          const state = optimizer.state();
          optimizer.close();
          optimizer = make();
          optimizer.restore(state);
        }
        tf.tidy(() => {
          const { grads } = tf.variableGrads(() => variable.square().sum(), [variable]);
          optimizer.step(grads, 0.1);
        });
      }
      expect(tf.memory().numTensors).to.equal(before);
      optimizer.finish();
      const values = [...variable.dataSync()];
      optimizer.close();
      variable.dispose();
      return values;
    };
    const straight = run(200, -1);
    for (const value of straight) expect(Math.abs(value)).to.be.lessThan(0.05);
    expect(run(200, 77)).to.deep.equal(straight);
  });
});

describe('rateAt', () => {
  it('rises to the peak, then falls to nothing along a cosine', () => {
    const schedule = { kind: 'cosine', peak: 2, warmUp: 0.1 } as const;
    expect(rateAt(schedule, 0.05)).to.be.closeTo(1, 1e-9);
    expect(rateAt(schedule, 0.1)).to.be.closeTo(2, 1e-9);
    expect(rateAt(schedule, 0.55)).to.be.closeTo(1, 1e-9);
    expect(rateAt(schedule, 1)).to.be.closeTo(0, 1e-9);
  });

  it('stays, or falls to a tenth at each third, where asked', () => {
    expect(rateAt({ kind: 'constant', peak: 2, warmUp: 0 }, 0.9)).to.equal(2);
    expect(rateAt({ kind: 'step', peak: 2, warmUp: 0 }, 0.5)).to.be.closeTo(0.2, 1e-9);
  });
});
