import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { packageRoot } from '../../server/package-root.js';
import { scriptModule } from './script-module.js';

const run = promisify(execFile);

interface Packages {
  packagesCurrent: (lock: unknown, installed: unknown) => boolean;
}

describe('set-up', function () {
  this.timeout(60_000);

  it('accepts the versions of Node that the addons work on, and refuses others in one line', async () => {
    const { nodeComplaint } = await scriptModule<{ nodeComplaint: (version: string) => string | undefined }>(
      'setup/node-version.mjs',
    );
    expect(['20.19.0', '21.7.3', '22.22.1'].map(nodeComplaint)).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    for (const version of ['18.20.0', '20.18.3', '23.1.0', '24.0.0']) {
      expect(nodeComplaint(version)).to.match(
        /^Maskwatch runs on Node 20\.19 to 22; this is Node \S+\. [^\n]+$/,
      );
    }
  });

  it('installs again when a version, a checksum or the list of packages changed', async () => {
    const { packagesCurrent } = await scriptModule<Packages>('setup/packages.mjs');
    const lock = {
      packages: {
        '': {},
        'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
        'node_modules/other-platform': { version: '1.0.0', optional: true },
      },
    };
    const installed = (packages: object): boolean => packagesCurrent(lock, { packages });
    expect(installed({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } })).to.equal(true);
    expect(installed({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } })).to.equal(false);
    expect(installed({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } })).to.equal(false);
    expect(installed({})).to.equal(false);
    const surplus = { version: '1.0.0', integrity: 'sha512-a' };
    expect(installed({ 'node_modules/a': surplus, 'node_modules/b': surplus })).to.equal(false);
    expect(packagesCurrent(lock, undefined)).to.equal(false);
  });

  it('unpacks what the addon needs from a wheel, and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maskwatch-test-'));
    try {
      const tree = join(folder, 'tree', 'tensorflow');
      await mkdir(join(tree, 'include', 'tensorflow', 'c'), { recursive: true });
      await mkdir(join(tree, 'include', 'unwanted'), { recursive: true });
      await writeFile(join(tree, 'libtensorflow_cc.so.2'), 'cc');
      await writeFile(join(tree, 'libtensorflow_framework.so.2'), 'framework');
      await writeFile(join(tree, 'include', 'tensorflow', 'c', 'c_api.h'), '');
      await writeFile(join(tree, 'include', 'unwanted', 'x.h'), '');
      const wheel = join(folder, 'a.whl');
      await run('python3', ['-m', 'zipfile', '-c', wheel, tree]);
      await run('python3', [
        join(packageRoot(), 'scripts/setup/unpack-wheel.py'),
        wheel,
        join(folder, 'deps'),
      ]);
      expect((await readdir(join(folder, 'deps', 'lib'))).sort()).to.deep.equal([
        'libtensorflow.so',
        'libtensorflow.so.2.9.1',
        'libtensorflow_cc.so.2',
        'libtensorflow_framework.so',
        'libtensorflow_framework.so.2',
      ]);
      expect(await readdir(join(folder, 'deps', 'include'))).to.deep.equal(['tensorflow']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('lets a second set-up wait for the first, and breaks the lock of a dead one', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'maskwatch-test-'));
    const program = `
      const { withSetupLock } = await import(process.argv[1]);
      await withSetupLock(async () => {
        console.log('in');
        if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
        await new Promise((done) => setTimeout(done, 300));
        console.log('out');
      });`;
    const lock = join(packageRoot(), 'scripts/setup/lock.mjs');
    const start = async (how: string): Promise<string> =>
      run(process.execPath, ['--input-type=module', '-e', program, lock, how], {
        env: { ...process.env, XDG_CACHE_HOME: cache },
      }).then(
        ({ stdout }) => stdout,
        (error: unknown) => (error instanceof Error ? 'died' : ''),
      );
    try {
      expect(await start('die')).to.equal('died');
      expect(await Promise.all([start('live'), start('live')])).to.deep.equal(['in\nout\n', 'in\nout\n']);
    } finally {
      await rm(cache, { recursive: true, force: true });
    }
  });
});
