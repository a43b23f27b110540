import { expect } from 'chai';
import { cnn2Conv } from '../../../../models/lab/architectures/cnn-2conv.js';
import { readLabelledFolder } from '../../../../models/lab/data/labelled-folder.js';
import { manifestSchema } from '../../../../models/classify/manifest.js';
import type { Tf } from '../../../../models/engine/engine.js';
import { heatMapSvg } from '../../../../models/lab/robustness/heat-map.js';
import { defaultScalars, perturbLayers } from '../../../../models/lab/robustness/perturb-layers.js';
import { prepareFaces } from '../../../../models/lab/robustness/prepare-faces.js';
import { robustnessText } from '../../../../models/lab/robustness/robustness-text.js';
import { rankLayers } from '../../../../models/lab/robustness/sensitivity.js';
import { nativeEngine } from '../../helpers/engines.js';
import { writeToyFaces } from '../toy-faces.js';
import { toyFacts } from '../toy-weights.js';

const manifest = manifestSchema.parse({
  format: 1,
  task: 'mask-classifier',
  ...toyFacts(),
  parameters: 1,
  files: { 'model.json': '0'.repeat(64), 'weights.bin': '0'.repeat(64) },
});

/** A network whose answer is the largest of three inputs; its layer `idle` adds something that never matters. */
function chooser(tf: Tf): ReturnType<Tf['sequential']> {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [1, 1, 3] }),
      tf.layers.dense({ name: 'choose', units: 3 }),
      tf.layers.batchNormalization({ name: 'idle' }),
      tf.layers.softmax(),
    ],
  });
  tf.tidy(() => {
    model.getLayer('choose').setWeights([tf.eye(3), tf.tensor1d([0, 0, 0])]);
  });
  return model;
}

describe('perturbLayers', () => {
  it('gives the accuracy of each layer and scalar, and the weights back bit by bit', async () => {
    const { tf } = await nativeEngine();
    const root = await writeToyFaces(4);
    const model = cnn2Conv.build(tf, { size: 24, outputs: 3, seed: 3 });
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    const tensors = tf.memory().numTensors;
    const faces = await prepareFaces(tf, manifest, {
      root,
      pictures: await readLabelledFolder(root),
      most: 7,
      seed: 1,
      say: () => undefined,
    });
    expect(faces.truths).to.have.length(7);
    // Evenly of each label, as far as seven goes.
    expect([0, 1, 2].map((label) => faces.truths.filter((truth) => truth === label).length)).to.have.members([
      3, 2, 2,
    ]);
    const steps: number[] = [];
    const result = await perturbLayers(tf, model, faces, defaultScalars, {
      onStep: (done) => steps.push(done),
    });
    faces.input.dispose();

    expect(result.layers.map(({ layer }) => layer)).to.deep.equal(['conv1', 'conv2', 'dense1', 'logits']);
    for (const { multiply, add } of result.layers) {
      expect(multiply).to.have.length(11);
      expect(add).to.have.length(11);
      // Multiplied by one nothing changes.
      expect(multiply[5]).to.equal(result.baseline);
    }
    expect(steps).to.have.length(4 * 2 * 11);
    const after = model.getWeights().map((weight) => [...weight.dataSync()]);
    expect(after).to.deep.equal(before);
    expect(tf.memory().numTensors).to.equal(tensors);
    model.dispose();
  });

  it('finds the layer that decides, and leaves the averages of batch norms alone', async () => {
    const { tf } = await nativeEngine();
    const model = chooser(tf);
    const input = tf.tensor4d([9, 0, 0, 0, 9, 0, 0, 0, 9], [3, 1, 1, 3]);
    const result = await perturbLayers(
      tf,
      model,
      { input, truths: [0, 1, 2], output: 'probabilities', states: 3 },
      [-1, 1, 0.5],
    );
    input.dispose();
    model.dispose();
    expect(result.baseline).to.equal(1);
    expect(result.layers.map(({ layer }) => layer)).to.deep.equal(['choose', 'idle']);
    const [choose, idle] = result.layers;
    expect(choose?.multiply).to.deep.equal([0, 1, 1]);
    // Adding the same to every weight adds the same to every output.
    expect(choose?.add).to.deep.equal([1, 1, 1]);
    expect(idle?.multiply).to.deep.equal([0, 1, 1]);
  });

  it('puts the weights back also when it is stopped half-way', async () => {
    const { tf } = await nativeEngine();
    const model = chooser(tf);
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    const tensors = tf.memory().numTensors;
    const input = tf.tensor4d([1, 0, 0, 0, 1, 0], [2, 1, 1, 3]);
    const stop = new AbortController();
    let message = '';
    await perturbLayers(tf, model, { input, truths: [0, 1], output: 'probabilities', states: 3 }, [2, 3], {
      onStep: (done) => done === 3 && stop.abort(),
      signal: stop.signal,
    }).catch((error: unknown) => (message = String(error)));
    input.dispose();
    expect(message).to.contain('AbortError');
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).to.deep.equal(before);
    expect(tf.memory().numTensors).to.equal(tensors);
    model.dispose();
  });

  it('counts what is no number as wrong', async () => {
    const { tf } = await nativeEngine();
    const model = chooser(tf);
    const input = tf.tensor4d([1, 0, 0], [1, 1, 1, 3]);
    const result = await perturbLayers(
      tf,
      model,
      { input, truths: [0], output: 'probabilities', states: 3 },
      [NaN],
    );
    input.dispose();
    model.dispose();
    expect(result.layers[0]?.multiply).to.deep.equal([0]);
  });
});

describe('A network of one sigmoid', () => {
  it('says mask above one half, no_mask below', async () => {
    const { tf } = await nativeEngine();
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [1, 1, 3] }),
        tf.layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    tf.tidy(() => {
      model.setWeights([tf.tensor2d([1, 0, 0], [3, 1]), tf.tensor1d([0])]);
    });
    const input = tf.tensor4d([5, 0, 0, -5, 0, 0], [2, 1, 1, 3]);
    const faces = { input, truths: [0, 1], output: 'sigmoid', states: 2 } as const;
    const { baseline, layers } = await perturbLayers(tf, model, faces, [-1, 1]);
    input.dispose();
    model.dispose();
    expect([baseline, layers[0]?.multiply]).to.deep.equal([1, [0, 1]]);
  });
});

describe('A robustness report', () => {
  const result = {
    faces: 40,
    baseline: 0.9,
    scalars: [0.5, 2],
    layers: [
      { layer: 'calm', multiply: [0.9, 0.9], add: [0.9, 0.8] },
      { layer: 'wild<1>', multiply: [0.3, 0.5], add: [0.1, 0.1] },
    ],
  };

  it('names the most and the least sensitive layer', () => {
    const ranked = rankLayers(result);
    expect(ranked.map(({ layer }) => layer)).to.deep.equal(['wild<1>', 'calm']);
    expect(ranked[0]?.both).to.be.closeTo((0.5 + 0.8) / 2, 1e-9);
    const text = robustnessText('toy', result, ranked);
    expect(text).to.contain('toy: accuracy 90.0 % on 40 faces');
    expect(text).to.contain('Most sensitive: wild<1> (50.0 multiplied, 80.0 added)');
    expect(text).to.contain('Least sensitive: calm (0.0 multiplied, 5.0 added)');
    expect(text).to.match(/^calm +90\.0 +90\.0$/m);
  });

  it('draws a cell for each layer, scalar and disturbance, names made safe', () => {
    const svg = heatMapSvg('toy', result);
    expect(svg.match(/<rect x=/g)).to.have.length(8);
    expect(svg).to.contain('wild&lt;1&gt;').and.not.to.contain('wild<1>');
    expect(svg).to.contain(
      '<title>toy: accuracy in % by layer and scalar, 90.0 undisturbed, 40 faces</title>',
    );
  });
});
