import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { ModelList } from '../../../../server/http/api.js';
import { fineTuneFlags, freeName } from '../../../../server/cli/train/fine-tune.js';
import { readWeights } from '../../../../models/classify/read-weights.js';
import { packageRoot } from '../../../../server/package-root.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';
import { writeToyFaces } from '../../../models/lab/toy-faces.js';

const run = promisify(execFile);
const shipped = join(packageRoot(), 'models', 'weights', 'cnn-2conv');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function maskwatch(...words: string[]): Promise<Ended> {
  try {
    const args = ['--import', 'tsx', 'server/cli/main.ts', ...words];
    return { code: 0, ...(await run(process.execPath, args)) };
  } catch (error) {
    const { code, stdout, stderr } = error as Ended;
    return { code, stdout, stderr };
  }
}

describe('train --from', function () {
  this.timeout(180_000);
  let faces: string;
  let dataDir: string;
  const config = join(temporaryFolder(), 'config.yaml');

  before(async () => {
    faces = await writeToyFaces(20);
    dataDir = temporaryFolder();
    writeFileSync(config, 'analysis:\n  classifier: cnn-2conv\n');
  });
  after(() => {
    rmSync(faces, { recursive: true });
  });

  const train = (out: string, ...more: string[]): Promise<Ended> => {
    const places = ['--data-dir', dataDir, '--config', config, '--cache', join(dataDir, 'cache')];
    const amount = ['--epochs', '2', '--batch', '8', '--fractions', '0.6,0.2,0.2'];
    const from = ['--from', 'current', '--data', faces, '--out', join(dataDir, out), '--json'];
    return maskwatch('train', ...from, ...places, ...amount, ...more);
  };

  it('goes on from what runs, judges both on the same faces, and installs nothing by itself', async () => {
    const { code, stdout, stderr } = await train('first');
    expect(code, stderr).to.equal(0);
    const { before, after } = JSON.parse(stdout) as Record<
      'before' | 'after',
      { name: string; test: { worn: { faces: number; accuracy: number } } }
    >;
    expect(before.name).to.equal('cnn-2conv');
    expect(after.name).to.match(/^cnn-2conv-\d{4}-\d{2}-\d{2}$/);
    expect(after.test.worn.faces).to.equal(before.test.worn.faces).and.to.be.greaterThan(5);
    expect(stderr).to.contain('Nothing is installed');
    expect(existsSync(join(dataDir, 'models'))).to.equal(false);
    expect(readdirSync(join(dataDir, 'first'))).to.include('curves.svg');
  });

  it('installs with --install, under a name of its own, ready for use', async () => {
    const { code, stderr } = await train('second', '--install', '--name', 'my-site');
    expect(code, stderr).to.equal(0);
    expect(stderr).to.contain('maskwatch models use my-site');
    const { manifest } = await readWeights(join(dataDir, 'models', 'my-site'));
    expect(manifest.test?.faces).to.be.greaterThan(5);
    expect(manifest.crop).to.deep.equal((await readWeights(shipped)).manifest.crop);
    const used = await maskwatch('models', 'use', 'my-site', '--data', dataDir, '--config', config, '--json');
    expect((JSON.parse(used.stdout) as ModelList).active).to.equal('my-site');
    const back = await maskwatch('models', 'rollback', '--data', dataDir, '--config', config, '--json');
    expect((JSON.parse(back.stdout) as ModelList).active).to.equal('cnn-2conv');
  });

  it('refuses a build of another kind, and a name that nothing has', async () => {
    const other = await train('third', '--size', '32');
    expect(other).to.include({ code: 2 });
    expect(other.stderr).to.contain('--size must be 64, as in cnn-2conv');
    expect(await train('third', '--from', 'nobody')).to.include({ code: 2 });
  });

  it('takes a lower rate and a free name unless told otherwise', () => {
    const day = new Date('2026-05-06T07:08:09Z');
    expect(freeName('cnn-2conv', day, new Set())).to.equal('cnn-2conv-2026-05-06');
    const taken = new Set(['cnn-2conv-2026-05-06', 'cnn-2conv-2026-05-06-2']);
    expect(freeName('cnn-2conv-2026-01-01-4', day, taken)).to.equal('cnn-2conv-2026-05-06-3');
    const flags = { arch: 'cnn-2conv', classes: 3, rate: 0.001 };
    expect(fineTuneFlags(flags, undefined, () => false)).to.equal(flags);
  });
});
