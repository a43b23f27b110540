import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs';
import { expect } from 'chai';
import type { Tf } from '../../../../models/engine/engine.js';
import { architectures } from '../../../../models/lab/architectures/registry.js';
import { exportGraph } from '../../../../models/lab/export-graph/export-graph.js';
import { exportTolerance } from '../../../../models/lab/export-graph/write-graph.js';
import { writeWeights } from '../../../../models/lab/export/write-weights.js';
import { graphEngine } from '../../helpers/engines.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { toyFacts } from '../toy-weights.js';

const size = 32;

/** Gives the norms statistics that are not the initial ones, which would hide a wrong folding. */
function shakeNorms(tf: Tf, model: LayersModel): void {
  model.layers.forEach((layer, i) => {
    if (layer.getClassName() !== 'BatchNormalization') return;
    tf.tidy(() => {
      layer.setWeights(
        layer.getWeights().map(({ shape }, k) => tf.randomUniform(shape, 0.7, 1.3, 'float32', 4 * i + k + 1)),
      );
    });
  });
}

describe('Every architecture', function () {
  this.timeout(120_000);
  const root = temporaryFolder();

  for (const architecture of architectures) {
    it(`comes back from its weights folder and is exported: ${architecture.name}`, async () => {
      const engine = await graphEngine();
      const { tf } = engine;
      const before = tf.memory().numTensors;
      const model = architecture.build(tf, { size, outputs: 2, seed: 1 });
      shakeNorms(tf, model);
      const folder = join(root, architecture.name);
      await writeWeights(folder, model, {
        ...toyFacts({ name: architecture.name, inputSize: size, classes: ['mask', 'no_mask'] }),
        normalisation: architecture.normalisation,
        output: model.outputs[0]?.shape.at(-1) === 1 ? 'sigmoid' : 'probabilities',
      });
      model.dispose();
      const report = await exportGraph(engine, folder, join(root, 'saved-model'));
      expect(report.largestDifference).to.be.within(0, exportTolerance);
      expect(tf.memory().numTensors).to.equal(before);
    });
  }
});
