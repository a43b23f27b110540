import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { manifestSchema } from '../../../../models/classify/manifest.js';
import { loadClassifier } from '../../../../models/classify/weights-classifier.js';
import { WeightsError } from '../../../../models/classify/weights-error.js';
import { cnn2Conv } from '../../../../models/lab/architectures/cnn-2conv.js';
import { readLabelledFolder } from '../../../../models/lab/data/labelled-folder.js';
import { writeWeights } from '../../../../models/lab/export/write-weights.js';
import { compareWeights } from '../../../../models/lab/quantize/compare-weights.js';
import { comparisonCells, markdownTable } from '../../../../models/lab/quantize/comparison-text.js';
import { quantizeWeights, storedWeights } from '../../../../models/lab/quantize/quantize-weights.js';
import type { StoredWeights } from '../../../../models/lab/quantize/quantize-weights.js';
import { nativeEngine } from '../../helpers/engines.js';
import { samplePicture } from '../../helpers/pictures.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { writeToyFaces } from '../toy-faces.js';
import { toyFacts } from '../toy-weights.js';

describe('quantizeWeights', () => {
  const root = temporaryFolder();
  const source = join(root, 'toy');
  let half: StoredWeights;
  let small: StoredWeights;

  before(async () => {
    const { tf } = await nativeEngine();
    const model = cnn2Conv.build(tf, { size: 24, outputs: 3, seed: 2 });
    const counts = [
      [1, 0],
      [0, 1],
    ];
    const test = { faces: 2, accuracy: 1, macroRecall: 1 };
    await writeWeights(
      source,
      model,
      toyFacts({ test: { ...test, confusion: { classes: ['mask', 'no_mask'], counts } } }),
    );
    model.dispose();
    const request = { source, parent: root, command: 'test', at: new Date(0) };
    const before = tf.memory().numTensors;
    half = await quantizeWeights(tf, { ...request, precision: 'float16' });
    small = await quantizeWeights(tf, { ...request, precision: 'int8' });
    expect(tf.memory().numTensors).to.equal(before);
  });

  it('writes int8 in half the bytes of float16, and says so in the manifest', async () => {
    const { bytes } = await storedWeights('toy', source);
    expect(half.bytes).to.equal(bytes);
    expect(small.bytes / bytes).to.be.within(0.5, 0.52);
    const text = await readFile(join(small.folder, 'manifest.json'), 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    expect([manifest.name, manifest.precision]).to.deep.equal(['toy-int8', 'int8']);
    // The figures of the original are not those of what was rounded.
    expect(manifest.test).to.equal(undefined);
    expect(manifest.data.at(-1)).to.equal('Rounded to int8 from toy');
  });

  it('writes folders that are loaded as they are and answer nearly alike', async () => {
    const engine = await nativeEngine();
    const image = await samplePicture(1, 48, 48);
    const answers = [];
    for (const folder of [source, half.folder, small.folder]) {
      const classifier = await loadClassifier(engine, folder);
      answers.push((await classifier.classify([{ image }]))[0]?.probabilities);
      classifier.close();
    }
    expect(answers[1]).to.deep.equal(answers[0]);
    expect(answers[2]?.mask).to.be.closeTo(answers[0]?.mask ?? 0, 0.02);
  });

  it('leaves folders whose damage is refused by the name of the file', async () => {
    const { tf } = await nativeEngine();
    const request = { source, parent: join(root, 'damaged'), command: 'test', at: new Date(0) };
    const { folder } = await quantizeWeights(tf, { ...request, precision: 'int8' });
    const path = join(folder, 'weights.bin');
    const bytes = await readFile(path);
    bytes[5] = (bytes[5] ?? 0) ^ 1;
    await writeFile(path, bytes);
    let error: unknown;
    await loadClassifier(await nativeEngine(), folder).catch((caught: unknown) => (error = caught));
    if (!(error instanceof WeightsError)) throw new Error('It was not refused');
    expect([error.code, error.file]).to.deep.equal(['damaged', path]);
  });

  it('are set side by side by size and by what they lose', async () => {
    const faces = await writeToyFaces(3);
    const stored = [await storedWeights('toy', source), half, small];
    const rows = await compareWeights(await nativeEngine(), stored, {
      root: faces,
      pictures: await readLabelledFolder(faces),
    });
    expect(rows.map(({ faces: count }) => count)).to.deep.equal([9, 9, 9]);
    expect(rows[1]).to.include({ share: 1, accuracyLost: 0, macroRecallLost: 0 });
    const table = markdownTable(comparisonCells(rows)).split('\n');
    expect(table[0]).to.equal('| weights | size | of the first | accuracy | lost | macro recall | lost |');
    expect(table[4]).to.match(/^\| toy-int8 \| [\d.]+ kB \| 5\d\.\d % \| [\d.]+ % \| -?\d+\.\d\d \|/);
    const bare = await compareWeights(await nativeEngine(), stored, null);
    expect(comparisonCells(bare)[0]).to.deep.equal(['weights', 'size', 'of the first']);
  });
});
