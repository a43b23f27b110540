import { expect } from 'chai';
import type { Engine } from '../../../../models/engine/engine.js';
import { startModel } from '../../../../models/lab/architectures/start-model.js';
import type { RunRequest } from '../../../../models/lab/train/run-request.js';
import { runTraining } from '../../../../models/lab/train/run-training.js';
import { nativeEngine } from '../../helpers/engines.js';
import { toyData, toyRun } from '../toy-run.js';
import type { ToyData } from '../toy-run.js';

describe('runTraining of other networks', function () {
  this.timeout(120_000);
  let engine: Engine;
  let data: ToyData;

  before(async () => {
    engine = await nativeEngine();
    data = await toyData();
  });

  const request = (changes: Partial<RunRequest>, epochs: number, stepsPerEpoch: number): RunRequest =>
    toyRun(data, 'run', {
      architecture: 'cnn-3conv',
      size: 32,
      outputs: 2,
      ...changes,
      training: { epochs, stepsPerEpoch, optimizer: { kind: 'adam', decay: 0, averaging: 0, clip: 5 } },
    });

  it('teaches two classes to a network that ends in one sigmoid', async () => {
    const before = engine.tf.memory().numTensors;
    const { model, history, test } = await runTraining(engine, request({}, 3, 30));
    expect(model.outputs[0]?.shape).to.deep.equal([null, 1]);
    expect(history.at(-1)?.loss).to.be.lessThan(history[0]?.loss ?? 0);
    expect(test?.worn.macroRecall).to.be.greaterThan(0.7);
    model.dispose();
    expect(engine.tf.memory().numTensors).to.equal(before);
  });

  it('shifts a single sigmoid by the difference of its classes’ biases', async () => {
    const bias = async (outputBias: readonly number[]): Promise<number> => {
      const { model } = await runTraining(engine, request({ outputBias }, 1, 1));
      const value = model.getLayer('logits').getWeights()[1]?.dataSync()[0] ?? NaN;
      model.dispose();
      return value;
    };
    expect((await bias([0.5, -1])) - (await bias([]))).to.be.closeTo(1.5, 1e-5);
  });

  it('leaves all that is frozen as it was, statistics of norms too, and stores it ready to be trained', async () => {
    const options = { architecture: 'mobilenet-v3-small', size: 32, outputs: 3, headLayers: 2 };
    const start = await startModel(engine.tf, { ...options, seed: 4 });
    const { model } = await runTraining(engine, request({ ...options, freeze: { kind: 'backbone' } }, 1, 3));
    for (const layer of model.layers) {
      const values = layer.getWeights().map((weight) => weight.dataSync());
      const old = start
        .getLayer(layer.name)
        .getWeights()
        .map((weight) => weight.dataSync());
      if (layer.getClassName() === 'Dense') expect(values, layer.name).not.to.deep.equal(old);
      else expect(values, layer.name).to.deep.equal(old);
      expect(layer.trainable).to.equal(true);
    }
    start.dispose();
    model.dispose();
  });
});
