import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Engine } from '../../../../models/engine/engine.js';
import type { RunRequest } from '../../../../models/lab/train/run-request.js';
import { runTraining } from '../../../../models/lab/train/run-training.js';
import { layeredEngine, nativeEngine } from '../../helpers/engines.js';
import { toyData, toyRun } from '../toy-run.js';
import type { ToyData } from '../toy-run.js';

describe('Training on frozen features', function () {
  this.timeout(180_000);
  let engine: Engine;
  let data: ToyData;

  before(async () => {
    engine = await nativeEngine();
    data = await toyData();
  });

  const run = (out: string, changes: Partial<RunRequest> = {}): RunRequest =>
    toyRun(data, out, {
      architecture: 'basic-cnn',
      size: 32,
      freeze: { kind: 'backbone' },
      featureViews: 3,
      ...changes,
      training: { epochs: 2, stepsPerEpoch: 40 },
    });
  const featureFiles = (): string[] =>
    readdirSync(data.store)
      .filter((name) => name.startsWith('features-'))
      .map((name) => join(data.store, name));
  async function weightsOf(request: RunRequest, on = engine): Promise<number[]> {
    const { model } = await runTraining(on, request);
    const weights = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
    model.dispose();
    return weights;
  }

  it('teaches the head, computes the features of each view once, and leaves no tensors behind', async () => {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const { model, history, test } = await runTraining(engine, run('one'));
    expect(history.at(-1)?.loss).to.be.lessThan(history[0]?.loss ?? 0);
    expect(test?.worn.macroRecall).to.be.greaterThan(0.5);
    expect(model.trainableWeights.length, 'ready to be trained').to.equal(model.layers.length && 14);
    model.dispose();
    expect(tf.memory().numTensors).to.equal(before);
    const [file, ...others] = featureFiles();
    expect(others).to.deep.equal([]);
    const faces = [...data.parts.values()].filter((part) => part === 'train').length;
    // Four halvings of 32 pixels leave a map of 2x2 with 128 channels, of float32.
    expect(statSync(file ?? '').size).to.equal(faces * 3 * (2 * 2 * 128) * 4);
  });

  it('gives the same weights again from the file, and where the file was cut short', async () => {
    const first = await weightsOf(run('two'));
    const [file = ''] = featureFiles();
    const { mtimeMs } = statSync(file);
    expect(await weightsOf(run('three'))).to.deep.equal(first);
    expect(statSync(file).mtimeMs).to.equal(mtimeMs);
    truncateSync(file, 1000);
    expect(await weightsOf(run('four'))).to.deep.equal(first);
    expect(featureFiles()).to.have.length(1);
  });

  it('goes on after a stop as if there had been none', async () => {
    const straight = await weightsOf(run('five'));
    const stop = new AbortController();
    let lines = 0;
    const progress = { write: () => (++lines === 12 && stop.abort(), true) };
    const { model, ended } = await runTraining(engine, run('six', { progress, signal: stop.signal }));
    model.dispose();
    expect(ended).to.equal('interrupted');
    expect(await weightsOf(run('six', { resume: true }))).to.deep.equal(straight);
  });

  it('can be stopped while features are computed, and keeps none of them', async () => {
    const { tf } = engine;
    const [tensors, files] = [tf.memory().numTensors, readdirSync(data.store)];
    const stop = new AbortController();
    // The second line is the first of the progress of features.
    let lines = 0;
    const progress = { write: () => (++lines === 2 && stop.abort(), true) };
    const wanted = run('stopped', { progress, signal: stop.signal, featureViews: 5 });
    const { model, ended, test } = await runTraining(engine, wanted);
    model.dispose();
    expect([ended, test]).to.deep.equal(['interrupted', null]);
    expect(readdirSync(data.store)).to.deep.equal(files);
    expect(tf.memory().numTensors).to.equal(tensors);
  });

  it('comes near the same without graphs, and computes anew at each step where it is told to', async () => {
    const files = featureFiles();
    const { model, test } = await runTraining(await layeredEngine(), run('seven', { featureViews: 0 }));
    model.dispose();
    expect(test?.worn.macroRecall).to.be.greaterThan(0.5);
    expect(featureFiles()).to.deep.equal(files);
  });

  it('keeps the map for the head where that is asked for', async () => {
    const cut = { architecture: 'mobilenet-v2-cut', size: 64, headLayers: 2, pooling: 'map' } as const;
    const { model } = await runTraining(engine, run('eight', cut));
    expect(model.getLayer('head1').getWeights()[0]?.shape).to.deep.equal([4 * 4 * 96, 128]);
    model.dispose();
  });
});
