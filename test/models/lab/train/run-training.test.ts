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
