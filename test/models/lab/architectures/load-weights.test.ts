import { join } from 'node:path';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import type { Tf } from '../../../../models/engine/engine.js';
import { loadEngine } from '../../../../models/engine/load-engine.js';
import { loadWeights } from '../../../../models/lab/architectures/load-weights.js';
import { architectureNamed } from '../../../../models/lab/architectures/registry.js';
import { classesOf } from '../../../../models/lab/lab-class.js';
import { writeWeights } from '../../../../models/lab/export/write-weights.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('loadWeights', function () {
  this.timeout(120_000);
  let tf: Tf;
  before(async () => {
    ({ tf } = await loadEngine({ threads: 1 }));
  });

  function answers(model: LayersModel, size: number): number[] {
    return tf.tidy(() => {
      const input = tf.randomUniform([2, size, size, 3], -1, 1, 'float32', 7);
      return [...(model.predict(input) as Tensor).dataSync()];
    });
  }

  for (const [name, size] of [
    ['cnn-2conv', 24],
    ['mobilenet-v2-cut', 48],
  ] as const) {
    it(`makes a network of ${name} answer as the finished one does`, async () => {
      const architecture = architectureNamed(name);
      const build = (outputs: number, seed: number) => architecture.build(tf, { size, outputs, seed });
      const finished = build(3, 1);
      const folder = join(temporaryFolder(), 'finished');
      await writeWeights(folder, finished, {
        name: 'finished',
        architecture: name,
        inputSize: size,
        classes: classesOf(3),
        output: 'probabilities',
        normalisation: architecture.normalisation,
        crop: { kind: 'square', margin: 1, faceFill: 1 },
        thresholds: { minConfidence: 0.5, minFaceSide: 8, reject: 1 },
        licence: 'MIT',
        data: [],
        created: { command: 'a test', at: '2026-01-01T00:00:00Z' },
      });
      const fresh = build(3, 2);
      const unlike = answers(fresh, size);
      await loadWeights(tf, fresh, folder);
      const wanted = answers(finished, size);
      answers(fresh, size).forEach((value, n) => expect(value).to.be.closeTo(wanted[n] ?? NaN, 0.01));
      expect(unlike).not.to.deep.equal(answers(fresh, size));

      const other = build(2, 2);
      const { numTensors } = tf.memory();
      const refusal: unknown = await loadWeights(tf, other, folder).catch((error: unknown) => error);
      expect(refusal).to.match(/is of another build: its layer logits does not fit/);
      expect(tf.memory().numTensors).to.equal(numTensors);
      for (const model of [finished, fresh, other]) model.dispose();
    });
  }
});
