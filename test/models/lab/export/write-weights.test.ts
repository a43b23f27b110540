import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { WeightsError } from '../../../../models/classify/weights-error.js';
import { loadClassifier } from '../../../../models/classify/weights-classifier.js';
import { loadEngine } from '../../../../models/engine/load-engine.js';
import type { Engine } from '../../../../models/engine/engine.js';
import { cnn2Conv } from '../../../../models/lab/architectures/cnn-2conv.js';
import { fromHalf, toHalf } from '../../../../models/lab/export/float16.js';
import { writeWeights } from '../../../../models/lab/export/write-weights.js';
import { networkInput } from '../../../../models/lab/train/network-input.js';

describe('half floats', () => {
  it('come back within half a step, and exactly where they fit', () => {
    fc.assert(
      fc.property(fc.double({ min: -60000, max: 60000, noNaN: true }), (value) => {
        const back = fromHalf(toHalf(value));
        expect(Math.abs(back - value)).to.be.at.most(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
        expect(fromHalf(toHalf(back))).to.equal(back);
      }),
    );
  });

  it('know zero, one, the smallest, the largest, infinity and what is no number', () => {
    expect([0, 1, -2, 2 ** -24, 65504].map(toHalf)).to.deep.equal([0, 0x3c00, 0xc000, 1, 0x7bff]);
    expect(toHalf(70000)).to.equal(0x7c00);
    expect(Number.isNaN(fromHalf(toHalf(NaN)))).to.equal(true);
  });
});

describe('writeWeights', () => {
  let engine: Engine;
  let folder = '';
  before(async () => {
    engine = await loadEngine({ threads: 1 });
    folder = join(await mkdtemp(join(tmpdir(), 'maskwatch-weights-')), 'toy');
  });
  after(() => rm(join(folder, '..'), { recursive: true }));

  it('writes a folder that the classifier loads, with the model’s own answers', async () => {
    const { tf } = engine;
    const model = cnn2Conv.build(tf, { size: 24, outputs: 3, seed: 2 });
    const manifest = await writeWeights(folder, model, {
      name: 'toy',
      architecture: 'cnn-2conv',
      inputSize: 24,
      classes: ['mask', 'no_mask', 'incorrect'],
      output: 'probabilities',
      normalisation: cnn2Conv.normalisation,
      crop: { kind: 'square', margin: 1, faceFill: 1 },
      thresholds: { minConfidence: 0, minFaceSide: 0, reject: 1 },
      licence: 'MIT',
      data: [],
      created: { command: 'test', at: '2026-01-01T00:00:00Z' },
    });
    expect(manifest.parameters).to.equal(model.countParams());
    const data = Uint8Array.from({ length: 24 * 24 * 3 }, (_, i) => (i * 37) % 256);
    const wanted = tf.tidy(() => {
      const output = model.predict(networkInput(tf, data, 24, cnn2Conv.normalisation));
      return [...(output as ReturnType<typeof tf.scalar>).dataSync()];
    });
    model.dispose();
    const classifier = await loadClassifier(engine, folder);
    const [answer] = await classifier.classify([{ image: { width: 24, height: 24, data } }]);
    classifier.close();
    const got = [answer?.probabilities.mask, answer?.probabilities.no_mask, answer?.probabilities.incorrect];
    got.forEach((value, i) => expect(value).to.be.closeTo(wanted[i] ?? 0, 5e-3));
  });

  it('leaves a folder whose damage is found', async () => {
    const path = join(folder, 'weights.bin');
    const bytes = await readFile(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(path, bytes);
    let code = '';
    await loadClassifier(engine, folder).catch((error: unknown) => {
      if (error instanceof WeightsError) code = error.code;
    });
    expect(code).to.equal('damaged');
  });
});
