import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { expect } from 'chai';
import { faceClip } from '../helpers/media.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';

const run = promisify(execFile);

describe('the client package', function () {
  this.timeout(120_000);
  let folder: string;
  let server: ServerProcess;
  let examples: string[];

  before(async () => {
    // As npm would install it: the built package, its one dependency beside it, nothing of this project.
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-client-'));
    const installed = join(folder, 'node_modules/@maskwatch/client');
    await mkdir(installed, { recursive: true });
    await symlink(resolve('node_modules/socket.io-client'), join(folder, 'node_modules/socket.io-client'));
    const clip = await faceClip({ seconds: 5, people: 2 });
    [server] = await Promise.all([
      startServer(['--camera', `hall=${clip}`, '--no-demo']),
      run(process.execPath, [
        ...['node_modules/typescript/bin/tsc', '-p', 'client/sdk', '--outDir', join(installed, 'dist')],
      ]),
      cp('client/sdk/package.json', join(installed, 'package.json')),
    ]);
    const readme = await readFile('client/sdk/README.md', 'utf8');
    examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map((match) => match[1] ?? '');
  });

  after(async () => {
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs an example of the README until what it printed fits. */
  async function runExample(containing: string, until: RegExp): Promise<string> {
    const example = examples.find((text) => text.includes(containing)) ?? '';
    expect(example, containing).to.include("from '@maskwatch/client'");
    const file = join(folder, `example-${examples.indexOf(example)}.mjs`);
    await writeFile(file, example.replaceAll('http://localhost:8080', server.url));
    const child = spawn(process.execPath, [file], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    try {
      while (!until.test(printed) && child.exitCode === null) {
        await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
      }
    } finally {
      child.kill('SIGKILL');
    }
    expect(printed).to.match(until);
    return printed;
  }

  it('follows counts and visits as its README shows', async () => {
    await runExample('offline: (reason)', /visit hall [^]*counts hall|counts hall [^]*visit hall /);
  });

  it('asks by REST as its README shows', async () => {
    const printed = await runExample('rest.cameras()', /problem 404 camera-not-found/);
    expect(printed)
      .to.match(/camera hall live/)
      .and.match(/buckets \d+/)
      .and.match(/visit \S+ \w+/);
  });

  it('takes overlays as its README shows', async () => {
    await runExample('rtpTimestamp', /frame hall \d+ \d/);
  });
});
