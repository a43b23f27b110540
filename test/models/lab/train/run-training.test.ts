import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Engine } from '../../../../models/engine/engine.js';
import type { RunRequest } from '../../../../models/lab/train/run-request.js';
import { runTraining } from '../../../../models/lab/train/run-training.js';
import { nativeEngine } from '../../helpers/engines.js';
import { toyData, toyRun } from '../toy-run.js';
import type { ToyData } from '../toy-run.js';

describe('runTraining', function () {
  this.timeout(120_000);
  let engine: Engine;
  let data: ToyData;

  before(async () => {
    engine = await nativeEngine();
    data = await toyData();
  });

  async function weightsOf(run: RunRequest): Promise<{ ended: string; weights: number[]; losses: number[] }> {
    const { model, ended, history } = await runTraining(engine, run);
    const weights = model.getWeights().flatMap((w) => [...w.dataSync()]);
    model.dispose();
    return { ended, weights, losses: history.map(({ loss }) => loss) };
  }

  it('gives the same weights for the same seed, and others for another', async () => {
    const one = await weightsOf(toyRun(data, 'one'));
    const two = await weightsOf(toyRun(data, 'two'));
    expect(two.weights).to.deep.equal(one.weights);
    expect(one.ended).to.equal('finished');
    const other = await weightsOf(toyRun(data, 'three', { training: { seed: 5 } }));
    expect(other.weights).not.to.deep.equal(one.weights);
  });

  it('ends where an uninterrupted run would, after being stopped in the middle of an epoch and resumed', async () => {
    const straight = await weightsOf(toyRun(data, 'straight'));
    const stop = new AbortController();
    let updates = 0;
    const sink = {
      write: () => {
        // The bar writes a line for each twentieth of the twelve steps, so this is somewhere in the second epoch.
        if (++updates === 9) stop.abort();
        return true;
      },
    };
    const first = await runTraining(engine, toyRun(data, 'broken', { signal: stop.signal, progress: sink }));
    expect(first.ended).to.equal('interrupted');
    expect(first.test).to.equal(null);
    first.model.dispose();
    const second = await weightsOf(toyRun(data, 'broken', { resume: true }));
    expect(second.weights).to.deep.equal(straight.weights);
    expect(second.losses).to.deep.equal(straight.losses);
  });

  it('stops after as many epochs without progress as its patience, judges what it has, and is not resumed beyond', async () => {
    // A rate of nothing: the first epoch is as good as any.
    const still = { kind: 'constant', peak: 1e-12, warmUp: 0 } as const;
    const run = toyRun(data, 'patient', { training: { epochs: 9, patience: 2, schedule: still } });
    const first = await runTraining(engine, run);
    const weights = first.model.getWeights().flatMap((w) => [...w.dataSync()]);
    first.model.dispose();
    expect(first.ended).to.equal('early stop');
    expect(first.history.map(({ epoch }) => epoch)).to.deep.equal([1, 2, 3]);
    expect(first.test?.worn.faces).to.be.greaterThan(0);
    const again = await weightsOf({ ...run, resume: true });
    expect([again.ended, again.losses.length]).to.deep.equal(['early stop', 3]);
    expect(again.weights).to.deep.equal(weights);
    const endless = toyRun(data, 'endless', { training: { epochs: 5, patience: 0, schedule: still } });
    expect((await weightsOf(endless)).losses).to.have.length(5);
  });

  it('goes on while an epoch within its patience is better than all before', async () => {
    const { model, ended, history } = await runTraining(
      engine,
      toyRun(data, 'better', { training: { epochs: 12, stepsPerEpoch: 10, patience: 3 } }),
    );
    model.dispose();
    const recall = history.map(({ validationMacroRecall }) => validationMacroRecall);
    const lastBetter = recall.findLastIndex((value, i) => value > Math.max(-1, ...recall.slice(0, i)));
    expect(ended).to.equal(history.length < 12 ? 'early stop' : 'finished');
    expect(history.length)
      .to.equal(Math.min(12, lastBetter + 1 + 3))
      .and.to.be.greaterThan(4);
  });

  it('listens to the classes by their weights', async () => {
    const recalls = async (out: string, classWeights: readonly number[]): Promise<unknown> => {
      const amount = { epochs: 2, stepsPerEpoch: 30, classWeights };
      const { model, test } = await runTraining(engine, toyRun(data, out, { training: amount }));
      model.dispose();
      return test?.worn.recall;
    };
    expect(await recalls('masks', [1, 0, 0])).to.deep.equal({ mask: 1, no_mask: 0, incorrect: 0 });
    expect(await recalls('incorrect', [0.001, 0.001, 1])).to.deep.equal({
      mask: 0,
      no_mask: 0,
      incorrect: 1,
    });
  });

  it('refuses to resume a run that had other settings', async () => {
    (await runTraining(engine, toyRun(data, 'settings'))).model.dispose();
    let message = '';
    await runTraining(engine, toyRun(data, 'settings', { resume: true, batch: 4 })).catch(
      (e: unknown) => (message = String(e)),
    );
    expect(message).to.contain('other settings');
  });

  it('names a checkpoint that is damaged', async () => {
    const run = toyRun(data, 'damaged', { training: { epochs: 1, stepsPerEpoch: 1 } });
    (await runTraining(engine, run)).model.dispose();
    const checkpoint = join(run.out, 'checkpoint.bin');
    for (const damage of [() => truncate(checkpoint, 5000), () => writeFile(checkpoint, 'no checkpoint')]) {
      await damage();
      const error = await runTraining(engine, { ...run, resume: true }).catch((e: unknown) => e);
      expect(String(error)).to.contain('checkpoint.bin: damaged');
    }
  });

  it('learns drawn heads, and leaves no tensors behind', async () => {
    const before = engine.tf.memory().numTensors;
    const longer = { training: { epochs: 3, stepsPerEpoch: 40 } };
    const outcome = await runTraining(engine, toyRun(data, 'learn', longer));
    expect(outcome.history.at(-1)?.loss).to.be.lessThan(outcome.history[0]?.loss ?? 0);
    expect(outcome.test?.worn.macroRecall).to.be.greaterThan(0.6);
    outcome.model.dispose();
    expect(engine.tf.memory().numTensors).to.equal(before);
  });
});
