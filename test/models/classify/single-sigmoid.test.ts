import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import { manifestSchema } from '../../../models/classify/manifest.js';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { cnn3Conv } from '../../../models/lab/architectures/cnn-3conv.js';
import { writeWeights } from '../../../models/lab/export/write-weights.js';
import type { ManifestFacts } from '../../../models/lab/export/write-weights.js';
import { networkInput } from '../../../models/lab/train/network-input.js';
import { graphEngine, layeredEngine } from '../helpers/engines.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const size = 32;

const facts: ManifestFacts = {
  name: 'single',
  architecture: 'cnn-3conv',
  inputSize: size,
  classes: ['mask', 'no_mask'],
  output: 'sigmoid',
  normalisation: cnn3Conv.normalisation,
  crop: { kind: 'square', margin: 1, faceFill: 1 },
  thresholds: { minConfidence: 0, minFaceSide: 0, reject: 1 },
  licence: 'MIT',
  data: [],
  created: { command: 'test', at: '2026-01-01T00:00:00Z' },
};

describe('A network that ends in one sigmoid', () => {
  it('runs as a graph and layer by layer, its number the probability of the first class', async () => {
    const engine = await graphEngine();
    const { tf } = engine;
    const folder = join(temporaryFolder(), 'single');
    const model = cnn3Conv.build(tf, { size, outputs: 2, seed: 2 });
    await writeWeights(folder, model, facts);
    const data = Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 37) % 256);
    const mask = tf.tidy(
      () =>
        (model.predict(networkInput(tf, data, size, cnn3Conv.normalisation)) as Tensor).dataSync()[0] ?? NaN,
    );
    model.dispose();
    expect(mask).to.be.within(0.001, 0.999);
    for (const kind of [engine, await layeredEngine()]) {
      const classifier = await loadClassifier(kind, folder);
      const [face] = await classifier.classify([{ image: { width: size, height: size, data } }]);
      classifier.close();
      expect(face?.probabilities.mask).to.be.closeTo(mask, 2e-3);
      expect(face?.probabilities.no_mask).to.be.closeTo(1 - mask, 2e-3);
      expect(face?.probabilities.incorrect).to.equal(0);
      expect(face?.label).to.equal(mask > 0.5 ? 'mask' : 'no_mask');
    }
  });

  it('must have two classes in its manifest, and one number at its end', async () => {
    const { tf } = await graphEngine();
    const folder = join(temporaryFolder(), 'single');
    const model = cnn3Conv.build(tf, { size, outputs: 2, seed: 2 });
    const manifest = await writeWeights(folder, model, facts);
    const three = manifestSchema.safeParse({ ...manifest, classes: ['mask', 'no_mask', 'incorrect'] });
    expect(three.error?.issues[0]?.message).to.contain('one sigmoid');
    await writeWeights(folder, model, { ...facts, output: 'probabilities' });
    model.dispose();
    const failure = await loadClassifier(await graphEngine(), folder).catch((error: unknown) => error);
    expect(String(failure)).to.contain('[[32,32,3],[2]]').and.to.contain('[[32,32,3],[1]]');
  });
});
