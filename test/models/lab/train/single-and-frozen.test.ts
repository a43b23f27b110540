import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Tf } from '../../../../models/engine/engine.js';
import { defaultAugmentation } from '../../../../models/lab/augment/settings.js';
import { startModel } from '../../../../models/lab/architectures/start-model.js';
import { loadDataSet } from '../../../../models/lab/data/load-data-set.js';
import type { DataSet } from '../../../../models/lab/data/load-data-set.js';
import { runTraining } from '../../../../models/lab/train/run-training.js';
import type { RunRequest } from '../../../../models/lab/train/run-training.js';
import { nativeEngine } from '../../helpers/engines.js';
import { writeToyFaces } from '../toy-faces.js';

describe('runTraining', function () {
  this.timeout(120_000);
  let tf: Tf;
  let folder = '';
  let toys = '';
  let data: DataSet;

  before(async () => {
    ({ tf } = await nativeEngine());
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-train-'));
    toys = await writeToyFaces(20);
    data = await loadDataSet({
      data: toys,
      scenes: [],
      cache: join(folder, 'cache'),
      reserve: [],
      without: [],
      rejects: false,
      split: join(folder, 'split.json'),
      fractions: { train: 0.6, validation: 0.2, test: 0.2 },
      seed: 1,
      say: () => undefined,
    });
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await rm(toys, { recursive: true });
  });

  function request(changes: Partial<RunRequest>, epochs: number, stepsPerEpoch: number): RunRequest {
    return {
      architecture: 'cnn-3conv',
      size: 32,
      outputs: 2,
      batch: 8,
      store: data.store,
      parts: data.parts,
      sampling: { shares: [1, 1, 1], sourceWeights: {}, undetectedWeight: 1 },
      augmentation: { ...defaultAugmentation, occlusion: 0, shrink: 0 },
      training: {
        seed: 4,
        epochs,
        stepsPerEpoch,
        schedule: { kind: 'cosine', peak: 3e-3, warmUp: 0.1 },
        optimizer: { kind: 'adam', decay: 0, averaging: 0, clip: 5 },
        headRate: 1,
        labelSmoothing: 0,
        classWeights: [1, 1, 1],
        patience: 0,
      },
      out: join(folder, 'run'),
      outputBias: [],
      resume: false,
      progress: { write: () => true },
      now: () => 0,
      signal: new AbortController().signal,
      ...changes,
    };
  }

  it('teaches two classes to a network that ends in one sigmoid', async () => {
    const before = tf.memory().numTensors;
    const { model, history, test } = await runTraining(tf, request({}, 3, 30));
    expect(model.outputs[0]?.shape).to.deep.equal([null, 1]);
    expect(history.at(-1)?.loss).to.be.lessThan(history[0]?.loss ?? 0);
    expect(test?.worn.macroRecall).to.be.greaterThan(0.7);
    model.dispose();
    expect(tf.memory().numTensors).to.equal(before);
  });

  it('shifts a single sigmoid by the difference of its classes’ biases', async () => {
    const bias = async (outputBias: readonly number[]): Promise<number> => {
      const { model } = await runTraining(tf, request({ outputBias }, 1, 1));
      const value = model.getLayer('logits').getWeights()[1]?.dataSync()[0] ?? NaN;
      model.dispose();
      return value;
    };
    expect((await bias([0.5, -1])) - (await bias([]))).to.be.closeTo(1.5, 1e-5);
  });

  it('leaves all that is frozen as it was, statistics of norms too, and stores it ready to be trained', async () => {
    const options = { architecture: 'mobilenet-v3-small', size: 32, outputs: 3, headLayers: 2 };
    const start = await startModel(tf, { ...options, seed: 4 });
    const { model } = await runTraining(tf, request({ ...options, freeze: { kind: 'backbone' } }, 1, 3));
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
