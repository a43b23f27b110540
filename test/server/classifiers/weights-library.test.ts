import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { quantizeWeights } from '../../../models/lab/quantize/quantize-weights.js';
import { ClassifierError } from '../../../server/classifiers/classifier-error.js';
import { firstChoice } from '../../../server/classifiers/first-choice.js';
import { WeightsLibrary } from '../../../server/classifiers/weights-library.js';
import { packageRoot } from '../../../server/package-root.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const shipped = join(packageRoot(), 'models', 'weights');

describe('the library of mask classifiers', () => {
  const folders = tempFolders();
  let installed: string;
  let library: WeightsLibrary;

  beforeEach(() => {
    installed = join(folders.make(), 'models');
    library = new WeightsLibrary(shipped, installed);
  });

  /** A copy of the shipped weights under another name, in a folder of any name. */
  function made(name: string): string {
    const folder = join(folders.make(), 'weights');
    cpSync(join(shipped, 'cnn-2conv'), folder, { recursive: true });
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...manifest, name }));
    return folder;
  }

  async function refusalOf(work: Promise<unknown>): Promise<ClassifierError> {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ClassifierError)) throw new Error(`not refused: ${String(error)}`);
    return error;
  }

  it('knows what ships, with figures and card, and what was installed', async () => {
    expect(await library.install(made('my-site'))).to.deep.equal({ name: 'my-site', already: false });
    const list = await library.list();
    const own = list.find(({ name }) => name === 'my-site');
    expect(own).to.include({ origin: 'installed', folder: join(installed, 'my-site') });
    const first = list.find(({ name }) => name === 'cnn-2conv');
    expect(first?.origin).to.equal('shipped');
    expect(first?.card).to.match(/^# cnn-2conv/);
    expect(first?.manifest?.test?.macroRecall).to.be.within(0.5, 1);
    expect(await library.verify('my-site')).to.equal(join(installed, 'my-site'));
    expect(readdirSync(installed)).to.deep.equal(['my-site']);
  });

  it('installs weights rounded to float16 and to int8, whole, and refuses them damaged', async () => {
    const { tf } = await loadEngine({ threads: 1, backend: 'wasm', onFallback: () => undefined });
    const from = { source: join(shipped, 'cnn-2conv'), parent: folders.make(), at: new Date(0) };
    for (const precision of ['float16', 'int8'] as const) {
      const { name, folder, bytes } = await quantizeWeights(tf, { ...from, precision, command: 'a test' });
      expect(await library.install(folder)).to.deep.equal({ name, already: false });
      expect(await library.verify(name)).to.equal(join(installed, name));
      expect(statSync(join(installed, name, 'weights.bin')).size).to.equal(bytes);
      const entry = (await library.list()).find((candidate) => candidate.name === name);
      expect(entry?.manifest?.precision).to.equal(precision);
      writeFileSync(join(installed, name, 'weights.bin'), readFileSync(join(folder, 'model.json')));
      expect((await refusalOf(library.verify(name))).message).to.contain('weights.bin is damaged');
    }
  });

  it('installs the same weights twice without harm, and others of the same name not at all', async () => {
    await library.install(made('my-site'));
    expect(await library.install(made('my-site'))).to.deep.equal({ name: 'my-site', already: true });
    const other = made('my-site');
    const weights = readFileSync(join(other, 'weights.bin'));
    weights.writeUInt8(weights.readUInt8(0) ^ 1, 0);
    writeFileSync(join(other, 'weights.bin'), weights);
    expect((await refusalOf(library.install(other))).code).to.equal('model-refused');
  });

  it('refuses a damaged or missing file by name, and leaves nothing behind', async () => {
    const damaged = made('my-site');
    writeFileSync(join(damaged, 'weights.bin'), 'short');
    const refusal = await refusalOf(library.install(damaged));
    expect(refusal.message).to.contain(`${join(damaged, 'weights.bin')} is damaged`);
    const empty = folders.make();
    expect((await refusalOf(library.install(empty))).message).to.contain('manifest.json');
    expect(readdirSync(installed)).to.deep.equal([]);
  });

  it('never leaves its folder, whatever name a manifest gives', async () => {
    for (const name of ['../outside', '/etc/x', '.hidden', 'a/b', '']) {
      expect((await refusalOf(library.install(made(name)))).code, name).to.equal('model-refused');
    }
    expect(existsSync(installed) ? readdirSync(installed) : []).to.deep.equal([]);
    expect((await refusalOf(library.folderOf('../cnn-2conv'))).code).to.equal('model-not-found');
  });

  it('tells of a folder that holds no sound manifest, and passes over weights of another task', async () => {
    mkdirSync(join(installed, 'broken'), { recursive: true });
    writeFileSync(join(installed, 'broken', 'manifest.json'), '{');
    mkdirSync(join(installed, 'finder'));
    writeFileSync(join(installed, 'finder', 'manifest.json'), '{"task": "face-detector"}');
    mkdirSync(join(installed, 'bare'));
    const own = (await library.list()).filter(({ origin }) => origin === 'installed');
    expect(own.map(({ name, problem }) => `${name}: ${problem ?? ''}`)).to.deep.equal([
      'bare: bare/manifest.json cannot be read',
      'broken: broken/manifest.json is no JSON',
    ]);
    expect((await refusalOf(library.folderOf('broken'))).code).to.equal('model-refused');
  });

  it('lets a server begin with the last choice that is sound', async () => {
    await library.install(made('good'));
    await library.install(made('bad'));
    const history = [{ name: 'cnn-2conv' }, { name: 'good', since: 1 }, { name: 'bad', since: 2 }] as const;
    writeFileSync(join(installed, 'bad', 'model.json'), '{}');
    const first = await firstChoice(history, 'cnn-2conv', library);
    expect(first.folder).to.equal(join(installed, 'good'));
    expect(first.history).to.deep.equal(history.slice(0, 2));
    expect(first.problems[0]).to.contain('bad/model.json is damaged').and.not.to.contain(installed);
    const none = await firstChoice([{ name: 'gone', since: 1 }], 'cnn-2conv', library);
    expect(none).to.deep.include({ folder: join(shipped, 'cnn-2conv'), history: [{ name: 'cnn-2conv' }] });
    expect(none.problems).to.have.length(1);
  });
});
