import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { WeightsError } from '../../../../models/classify/weights-error.js';
import { loadOwnDetector } from '../../../../models/detect/own/own-detector.js';
import type { Engine } from '../../../../models/engine/engine.js';
import { shippedWeights } from '../../../../models/shipped-weights.js';
import { nativeEngine } from '../../helpers/engines.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const name = 'maskwatch-h';

describe("Our detector's weights folder", () => {
  let engine: Engine;
  before(async () => {
    engine = await nativeEngine();
  });

  /** A copy of what ships, with something done to one of its files. */
  async function changed(file: string, change: (path: string) => Promise<void>): Promise<string> {
    const folder = join(temporaryFolder(), name);
    await cp(shippedWeights(name), folder, { recursive: true });
    await change(join(folder, file));
    return folder;
  }

  /** Loads it, which must be refused, and must leave no tensor. */
  async function refusal(folder: string): Promise<WeightsError> {
    const before = engine.tf.memory().numTensors;
    const error: unknown = await loadOwnDetector(engine, folder).catch((caught: unknown) => caught);
    expect(engine.tf.memory().numTensors).to.equal(before);
    if (!(error instanceof WeightsError)) throw new Error(`not refused: ${String(error)}`);
    return error;
  }

  const flipOneBit = async (path: string): Promise<void> => {
    const bytes = await readFile(path);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(path, bytes);
  };

  for (const file of ['weights.bin', 'model.json']) {
    it(`is refused by the name of the file where one bit of ${file} is another, or its end is gone`, async () => {
      for (const damage of [flipOneBit, (path: string) => truncate(path, 1000)]) {
        const folder = await changed(file, damage);
        const { code, file: named, message } = await refusal(folder);
        expect([code, named]).to.deep.equal(['damaged', join(folder, file)]);
        expect(message).to.contain(`${join(folder, file)} is damaged`);
      }
    });
  }

  it('is refused by the name of the file that is missing, and by the key of a manifest that breaks the rules', async () => {
    const without = await changed('weights.bin', (path) => rm(path));
    const missing = await refusal(without);
    expect([missing.code, missing.file]).to.deep.equal(['missing', join(without, 'weights.bin')]);
    const odd = await changed('manifest.json', async (path) => {
      const manifest = JSON.parse(await readFile(path, 'utf8')) as object;
      await writeFile(path, JSON.stringify({ ...manifest, inputSide: 8 }));
    });
    const invalid = await refusal(odd);
    expect(invalid.code).to.equal('invalid');
    expect(invalid.message).to.contain('manifest.json').and.to.contain('inputSide');
  });
});
