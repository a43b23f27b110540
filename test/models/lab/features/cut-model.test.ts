import type { Tensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import type { Engine } from '../../../../models/engine/engine.js';
import { freezeLayers, parseFreeze } from '../../../../models/lab/architectures/freeze.js';
import { architectureNamed } from '../../../../models/lab/architectures/registry.js';
import { cutModel } from '../../../../models/lab/features/cut-model.js';
import { createFeatureNetwork } from '../../../../models/lab/features/feature-network.js';
import { createRandom } from '../../../../models/lab/random.js';
import { networkInput } from '../../../../models/lab/train/network-input.js';
import { layeredEngine, nativeEngine } from '../../helpers/engines.js';

const size = 64;
const random = createRandom(2);
const pixels = Uint8Array.from({ length: 2 * size * size * 3 }, () => random.below(256));

describe('cutModel', function () {
  this.timeout(120_000);
  let engine: Engine;
  before(async () => {
    engine = await nativeEngine();
  });

  const cases: readonly (readonly [string, string, readonly number[]])[] = [
    ['mobilenet-v2', 'backbone', [1280]],
    ['mobilenet-v2', 'layers:6', [2, 2, 160]],
    ['mobilenet-v2', 'stages:1', [4, 4, 96]],
    ['mobilenet-v3-small', 'layers:4', [2, 2, 96]],
    ['resnet50', 'stages:1', [4, 4, 1024]],
    ['efficientnet-b0', 'backbone', [1280]],
    ['basic-cnn', 'layers:1', [8, 8, 64]],
  ];
  for (const [name, freeze, shape] of cases) {
    it(`divides ${name}, frozen by ${freeze}, into parts that say together what the whole says`, async () => {
      const { tf } = engine;
      const tensors = tf.memory().numTensors;
      const architecture = architectureNamed(name);
      const { normalisation } = architecture;
      const model = architecture.build(tf, { size, outputs: 3, seed: 1 });
      freezeLayers(model, parseFreeze(freeze));
      const trained = model.trainableWeights.map((weight) => weight.shape);
      const cut = cutModel(tf, model);
      if (cut === null) throw new Error('no cut');
      expect(cut.shape).to.deep.equal(shape);
      expect(cut.upper.trainableWeights.map((weight) => weight.shape)).to.deep.equal(trained);
      const wanted = tf.tidy(() =>
        (model.predict(networkInput(tf, pixels, size, normalisation)) as Tensor).dataSync<'float32'>(),
      );
      for (const one of [engine, await layeredEngine()]) {
        const network = await createFeatureNetwork(one, cut.lower, { size, normalisation });
        const features = network.run(pixels);
        network.close();
        const got = tf.tidy(() =>
          (cut.upper.predict(tf.tensor(features, [2, ...shape])) as Tensor).dataSync<'float32'>(),
        );
        wanted.forEach((value, i) => expect(got[i]).to.be.closeTo(value, 1e-4));
      }
      cut.upper.dispose();
      model.dispose();
      expect(tf.memory().numTensors).to.equal(tensors);
    });
  }

  it('finds nothing to cut where nothing is frozen', () => {
    const model = architectureNamed('basic-cnn').build(engine.tf, { size, outputs: 3, seed: 1 });
    expect(cutModel(engine.tf, model)).to.equal(null);
    model.dispose();
  });
});
