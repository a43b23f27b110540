import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { faceClip } from '../helpers/media.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';

describe('the client of the README', function () {
  this.timeout(120_000);
  let server: ServerProcess;

  before(async () => {
    const clip = await faceClip({ seconds: 5, people: 2 });
    server = await startServer(['--camera', `hall=${clip}`, '--no-demo']);
  });

  after(() => server.dispose());

  it('is ten lines of code and prints visits and counts', async () => {
    const readme = await readFile('README.md', 'utf8');
    const code = /```js\n([^]*?)```/.exec(readme)?.[1] ?? '';
    expect(code.split('\n').filter((line) => line.trim() !== '')).to.have.length.of.at.most(10);
    const program = code.replace('http://localhost:8080', server.url);
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    try {
      while (!/counts \{[^]*visit \{|visit \{[^]*counts \{/.test(printed)) await once(child.stdout, 'data');
    } finally {
      child.kill('SIGKILL');
    }
    expect(printed).to.contain('ok: true');
  });
});
