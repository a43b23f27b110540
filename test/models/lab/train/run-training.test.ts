import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadEngine } from '../../../../models/engine/load-engine.js';
import type { Tf } from '../../../../models/engine/engine.js';
import { defaultAugmentation } from '../../../../models/lab/augment/settings.js';
import { loadDataSet } from '../../../../models/lab/data/load-data-set.js';
import type { DataSet } from '../../../../models/lab/data/load-data-set.js';
import { runTraining } from '../../../../models/lab/train/run-training.js';
import type { RunRequest } from '../../../../models/lab/train/run-training.js';
import { writeToyFaces } from '../toy-faces.js';

describe('runTraining', function () {
  this.timeout(120_000);
  let tf: Tf;
  let folder = '';
  let toys = '';
  let data: DataSet;

  before(async () => {
    ({ tf } = await loadEngine({ threads: 1 }));
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

  function request(out: string, changes: Partial<RunRequest> = {}): RunRequest {
    return {
      architecture: 'cnn-2conv',
      size: 24,
      outputs: 3,
      batch: 8,
      store: data.store,
      parts: data.parts,
      sampling: { shares: [1, 1, 1], sourceWeights: {}, undetectedWeight: 1 },
      augmentation: { ...defaultAugmentation, occlusion: 0, shrink: 0 },
      training: {
        seed: 4,
        epochs: 2,
        stepsPerEpoch: 6,
        schedule: { kind: 'cosine', peak: 3e-3, warmUp: 0.1 },
        optimizer: { kind: 'adam', decay: 0, averaging: 0.9, clip: 5 },
        headRate: 1,
        labelSmoothing: 0.05,
        classWeights: [1, 1, 1],
        patience: 0,
      },
      out: join(folder, out),
      outputBias: [],
      resume: false,
      progress: { write: () => true },
      now: () => 0,
      signal: new AbortController().signal,
      ...changes,
    };
  }

  async function weightsOf(run: RunRequest): Promise<{ ended: string; weights: number[]; losses: number[] }> {
    const { model, ended, history } = await runTraining(tf, run);
    const weights = model.getWeights().flatMap((w) => [...w.dataSync()]);
    model.dispose();
    return { ended, weights, losses: history.map(({ loss }) => loss) };
  }

  it('gives the same weights for the same seed, and others for another', async () => {
    const one = await weightsOf(request('one'));
    const two = await weightsOf(request('two'));
    expect(two.weights).to.deep.equal(one.weights);
    expect(one.ended).to.equal('finished');
    const base = request('three');
    const other = await weightsOf({ ...base, training: { ...base.training, seed: 5 } });
    expect(other.weights).not.to.deep.equal(one.weights);
  });

  it('ends where an uninterrupted run would, after being stopped in the middle of an epoch and resumed', async () => {
    const straight = await weightsOf(request('straight'));
    const stop = new AbortController();
    let updates = 0;
    const sink = {
      write: () => {
        // The bar writes a line for each twentieth of the twelve steps, so this is somewhere in the second epoch.
        if (++updates === 9) stop.abort();
        return true;
      },
    };
    const first = await runTraining(tf, request('broken', { signal: stop.signal, progress: sink }));
    expect(first.ended).to.equal('interrupted');
    expect(first.test).to.equal(null);
    first.model.dispose();
    const second = await weightsOf(request('broken', { resume: true }));
    expect(second.weights).to.deep.equal(straight.weights);
    expect(second.losses).to.deep.equal(straight.losses);
  });

  it('refuses to resume a run that had other settings', async () => {
    (await runTraining(tf, request('settings'))).model.dispose();
    let message = '';
    await runTraining(tf, request('settings', { resume: true, batch: 4 })).catch(
      (e: unknown) => (message = String(e)),
    );
    expect(message).to.contain('other settings');
  });

  it('learns drawn heads, and leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    const base = request('learn');
    const outcome = await runTraining(tf, {
      ...base,
      training: { ...base.training, epochs: 3, stepsPerEpoch: 40 },
    });
    expect(outcome.history.at(-1)?.loss).to.be.lessThan(outcome.history[0]?.loss ?? 0);
    expect(outcome.test?.worn.macroRecall).to.be.greaterThan(0.6);
    outcome.model.dispose();
    expect(tf.memory().numTensors).to.equal(before);
  });
});
