import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { WeightsError } from '../../../models/classify/weights-error.js';
import type { Engine } from '../../../models/engine/engine.js';
import type { RgbImage } from '../../../models/image.js';
import { layeredEngine, nativeEngine } from '../helpers/engines.js';
import { plainPicture } from '../helpers/pictures.js';
import { writeColourWeights } from '../helpers/weights-fixture.js';

const red = [255, 0, 0] as const;
const green = [0, 255, 0] as const;
const blue = [0, 0, 255] as const;
const black = [0, 0, 0] as const;

/** Two pictures side by side. */
function besides(left: RgbImage, right: RgbImage): RgbImage {
  const width = left.width + right.width;
  const data = new Uint8Array(width * left.height * 3);
  for (let y = 0; y < left.height; y++) {
    data.set(left.data.subarray(y * left.width * 3, (y + 1) * left.width * 3), y * width * 3);
    data.set(
      right.data.subarray(y * right.width * 3, (y + 1) * right.width * 3),
      (y * width + left.width) * 3,
    );
  }
  return { width, height: left.height, data };
}

async function failure(promise: Promise<unknown>): Promise<WeightsError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof WeightsError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  'as a graph': nativeEngine,
  'layer by layer': layeredEngine,
};

for (const [how, load] of Object.entries(engines)) {
  describe(`A classifier run ${how}`, () => {
    it('labels faces of several pictures in the order given', async () => {
      const engine = await load();
      const classifier = await loadClassifier(engine, await writeColourWeights(engine.tf));
      const wide = besides(plainPicture(40, 40, red), plainPicture(40, 40, green));
      const other = plainPicture(30, 50, blue);
      const results = await classifier.classify([
        { image: wide, box: { x: 42, y: 2, width: 30, height: 36 } },
        { image: other, box: { x: 0, y: 0, width: 30, height: 30 } },
        { image: wide, box: { x: 2, y: 2, width: 30, height: 36 } },
        { image: plainPicture(20, 20, black) },
      ]);
      classifier.close();
      expect(classifier.name).to.equal('colours');
      expect(results.map(({ label }) => label)).to.deep.equal(['no_mask', 'incorrect', 'mask', 'unknown']);
      expect(results[3]?.reject).to.be.above(0.9);
      for (const { probabilities } of results) {
        const sum = probabilities.mask + probabilities.no_mask + probabilities.incorrect;
        expect(sum).to.be.closeTo(1, 1e-6);
      }
    });

    it('leaves no tensor behind, however many faces it is given', async () => {
      const engine = await load();
      const folder = await writeColourWeights(engine.tf);
      const atFirst = engine.tf.memory().numTensors;
      const classifier = await loadClassifier(engine, folder);
      const loaded = engine.tf.memory().numTensors;
      const face = { image: plainPicture(20, 20, red) };
      expect(await classifier.classify([])).to.deep.equal([]);
      expect(await classifier.classify(Array.from({ length: 70 }, () => face))).to.have.length(70);
      expect(engine.tf.memory().numTensors).to.equal(loaded);
      classifier.close();
      classifier.close();
      expect(engine.tf.memory().numTensors).to.equal(atFirst);
    });
  });
}

describe('loadClassifier', () => {
  it('gives the same probabilities as a graph and layer by layer', async () => {
    const folder = await writeColourWeights((await nativeEngine()).tf);
    const face = { image: plainPicture(20, 20, [90, 60, 130]) };
    const [one, other] = await Promise.all(
      Object.values(engines).map(async (load) => {
        const classifier = await loadClassifier(await load(), folder);
        const [result] = await classifier.classify([face]);
        classifier.close();
        return result;
      }),
    );
    expect(one?.probabilities.incorrect).to.be.closeTo(other?.probabilities.incorrect ?? 0, 1e-5);
    expect(one?.reject).to.be.closeTo(other?.reject ?? 0, 1e-5);
  });

  it('refuses a damaged file by name', async () => {
    const engine = await nativeEngine();
    const folder = await writeColourWeights(engine.tf);
    await appendFile(join(folder, 'weights.bin'), 'x');
    const error = await failure(loadClassifier(engine, folder));
    expect(error.code).to.equal('damaged');
    expect(error.file).to.equal(join(folder, 'weights.bin'));
    expect(error.message).to.contain('weights.bin');
  });

  it('names a file that is missing', async () => {
    const engine = await nativeEngine();
    const folder = await writeColourWeights(engine.tf);
    await rm(join(folder, 'model.json'));
    const error = await failure(loadClassifier(engine, folder));
    expect([error.code, error.file]).to.deep.equal(['missing', join(folder, 'model.json')]);
  });

  it('says which key of a manifest breaks the rules', async () => {
    const engine = await nativeEngine();
    const folder = await writeColourWeights(engine.tf, { classes: ['mask', 'mask'] });
    const error = await failure(loadClassifier(engine, folder));
    expect(error.code).to.equal('invalid');
    expect(error.message).to.contain('classes').and.to.contain('must not repeat');
    await writeFile(join(folder, 'manifest.json'), '{');
    expect((await failure(loadClassifier(engine, folder))).message).to.contain('is no JSON');
  });

  it('refuses a network that does not fit its manifest, without leaving tensors', async () => {
    const engine = await nativeEngine();
    const folder = await writeColourWeights(engine.tf, { inputSize: 32 });
    const before = engine.tf.memory().numTensors;
    const error = await failure(loadClassifier(engine, folder));
    expect(error.message).to.contain('[32,32,3]').and.to.contain('[16,16,3]');
    expect(engine.tf.memory().numTensors).to.equal(before);
  });
});
