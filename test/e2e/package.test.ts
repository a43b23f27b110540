import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { io } from 'socket.io-client';
import { awaitEvent, untilAnswer } from '../helpers/await-event.js';
import { type ClientSocket, subscribe } from '../helpers/server-process.js';

const run = promisify(execFile);
const password = 'correct horse battery';

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

describe('the package', function () {
  // It is packed, installed and set up as at a stranger's; most of it is npm and TensorFlow's 200 MB.
  this.timeout(300_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-package-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('holds what runs and nothing else: no sources, no tests, no pictures, no secrets', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
    const [packed] = JSON.parse(stdout) as [Packed];
    const paths = packed.files.map(({ path }) => path);
    expect(paths).to.include.members([
      'dist/server/cli/main.js',
      'dist/client/index.html',
      'models/weights/maskwatch-h/manifest.json',
      'scripts/maskwatch.mjs',
      'scripts/setup.mjs',
      'LICENSE',
      'README.md',
    ]);
    const kept = paths.filter((path) => !path.startsWith('dist/client/icons/'));
    const odd = kept.filter((path) =>
      /\.(ts|tsx|map|png|jpe?g|gif|webp|mp4|env|db|key|pem|log)$|^(test|bench|data|runs|streams)\/|(^|\/)\./.test(
        path,
      ),
    );
    expect(odd).to.deep.equal([]);
    expect(packed.size).to.be.lessThan(8e6);
  });

  it('installs in an empty folder, sets itself up, shows its demo camera to whoever signs in, and stops', async () => {
    await run(process.execPath, ['scripts/package.mjs', '--no-build']);
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const tarball = join(process.cwd(), `dist/package/maskwatch-${version}.tgz`);
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await run(
      'npm',
      ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', tarball],
      {
        cwd: folder,
      },
    );
    // As a stranger does it: its own command makes the account.
    const addUser = run(
      'npx',
      ['maskwatch', 'user', 'add', 'ada', '--role', 'admin', '--data', 'data', '--json'],
      {
        cwd: folder,
      },
    );
    addUser.child.stdin?.end(`${password}\n`);
    expect(JSON.parse((await addUser).stdout)).to.deep.equal({ name: 'ada', role: 'admin' });
    const child = spawn('npx', ['maskwatch', 'serve', '--port', '0', '--data', 'data'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    try {
      let url: string | undefined;
      for await (const line of createInterface({ input: child.stdout })) {
        url = /http:\/\/[^\s/]+/.exec(line)?.[0];
        if (url !== undefined) break;
      }
      if (url === undefined) throw new Error('the server ended before it listened');
      expect(await (await fetch(`${url}/health/live`)).json()).to.deep.equal({ status: 'live' });
      expect((await fetch(`${url}/api/openapi.json`)).status).to.equal(200);
      expect(await (await fetch(url)).text()).to.include('<script type="module"');
      await untilAnswer(
        async () => (await fetch(`${url}/health/ready`)).status,
        (status) => status === 200,
        90_000,
      );
      const cookie = await signedIn(url);
      const socket: ClientSocket = io(url, { transports: ['websocket'], extraHeaders: { cookie } });
      try {
        await subscribe(socket, { cameras: ['demo'], kinds: ['frame'] });
        const { width, height } = await awaitEvent(socket, 'frame', ({ faces }) => faces.length > 0, 90_000);
        expect(width * height).to.be.greaterThan(0);
      } finally {
        socket.close();
      }
    } finally {
      // npx does not hand on signals to what it started, so the whole group gets it; the pipe closes with the
      // last of them, and only then may the folder go that they load their code from.
      const gone = once(child, 'close');
      child.stdout.resume();
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await gone;
    }
  });

  it('has a client package that installs by itself, under the file name that its pages tell', async () => {
    const { version } = JSON.parse(await readFile('client/sdk/package.json', 'utf8')) as { version: string };
    const tarball = `maskwatch-client-${version}.tgz`;
    for (const page of ['docs/integrate.md', 'client/sdk/README.md']) {
      expect(await readFile(page, 'utf8'), page).to.include(`npm install /path/to/${tarball}`);
    }
    const apart = join(folder, 'client');
    await mkdir(apart);
    await writeFile(join(apart, 'package.json'), '{"private":true,"type":"module"}');
    await run(
      'npm',
      [
        ...['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'],
        join(process.cwd(), 'dist/package', tarball),
      ],
      { cwd: apart },
    );
    const program = `import { MaskwatchClient, MaskwatchError } from '@maskwatch/client';
      const { rest } = new MaskwatchClient('http://127.0.0.1:1');
      console.log(await rest.cameras().catch((error) => error instanceof MaskwatchError));`;
    await writeFile(join(apart, 'program.js'), program);
    const { stdout } = await run(process.execPath, ['program.js'], { cwd: apart });
    expect(stdout).to.equal('true\n');
  });
});

/** Signs the account in that the command line made. @returns the cookie that goes with every further request */
async function signedIn(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: 'ada', password }),
  });
  expect(reply.status).to.equal(200);
  return reply.headers.get('set-cookie')?.split(';')[0] ?? '';
}
