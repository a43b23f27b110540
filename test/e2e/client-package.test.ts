import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { build } from 'vite';
import type { VisitEvent } from '../../server/realtime/events.js';
import { launchBrowser } from '../helpers/browser.js';
import { faceClip } from '../helpers/media.js';
import { type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';

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
      startServer(['--no-demo']),
      run(process.execPath, [
        ...['node_modules/typescript/bin/tsc', '-p', 'client/sdk', '--outDir', join(installed, 'dist')],
      ]),
      cp('client/sdk/package.json', join(installed, 'package.json')),
    ]);
    const added = await server.send('POST', '/api/cameras', { id: 'hall', name: 'Hall', url: clip });
    expect(added.status).to.equal(201);
    const readme = await readFile('client/sdk/README.md', 'utf8');
    examples = [...readme.matchAll(/```js\n([^]*?)```/g)].map((match) => match[1] ?? '');
  });

  after(async () => {
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts an example of the README, against this server. */
  async function start(containing: string): Promise<RunningExample> {
    const example = examples.find((text) => text.includes(containing)) ?? '';
    expect(example, containing).to.include("from '@maskwatch/client'");
    const file = join(folder, `example-${examples.indexOf(example)}.mjs`);
    await writeFile(file, example.replaceAll('http://localhost:8080', server.url));
    return new RunningExample(file);
  }

  /** Runs an example of the README until what it printed fits. */
  async function runExample(containing: string, until: RegExp): Promise<string> {
    const example = await start(containing);
    try {
      return await example.until(until);
    } finally {
      await example.end();
    }
  }

  /** Plays the clip from its beginning: those who are in view leave, and the people of the clip come anew. */
  async function playAgain(): Promise<void> {
    for (const enabled of [false, true]) {
      expect((await server.send('PATCH', '/api/cameras/hall', { enabled })).status).to.equal(200);
    }
  }

  it('follows counts and visits as its README shows', async () => {
    await runExample('offline: (reason)', /visit hall [^]*counts hall|counts hall [^]*visit hall /);
  });

  it('goes on where the last run ended: no stored event is left out', async () => {
    const socket = await server.connect();
    const stored: VisitEvent[] = [];
    socket.on('visit', (event) => stored.push(event));
    await subscribe(socket, { cameras: '*', kinds: ['visit'] });

    const first = await start('cursor.txt');
    try {
      await first.until(/in step, 0 missed/);
      await playAgain();
      // The next event is handed over when the place of the one before is on disk.
      await first.until(/(store \S+\s+){2}/);
    } finally {
      await first.end();
    }
    const place = await readFile(join(folder, 'cursor.txt'), 'utf8');
    expect(place).to.match(/\S/);
    const more = () => once(socket as unknown as EventEmitter, 'visit');
    while (!stored.some(({ cursor }) => cursor === place)) await more();
    const next = stored.findIndex(({ cursor }) => cursor === place) + 1;

    // The clip goes on without us; what happened meanwhile comes at the next start.
    const known = stored.length;
    await playAgain();
    while (stored.length === known) await more();
    const printed = await runExample('cursor.txt', /in step, [1-9]\d* missed/);
    socket.disconnect();
    expect(printed).not.to.include('too long away');
    const told = [...printed.matchAll(/store (\S+)/g)].map((match) => match[1]);
    expect(told).to.have.length.at.least(1);
    expect(told).to.deep.equal(stored.slice(next, next + told.length).map(({ visit }) => visit.visitId));
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

  it('works in a browser, on a page of the server', async () => {
    const entry = join(folder, 'page.mjs');
    await writeFile(
      entry,
      `import { browserCursor, MaskwatchClient } from '@maskwatch/client';
       const tell = (words) => document.body.append(Object.assign(document.createElement('p'), { textContent: words }));
       const client = new MaskwatchClient(location.origin);
       const cameras = await client.rest.cameras();
       client.follow(
         { visit: ({ visit }) => tell(cameras[0].id + ' saw ' + visit.cameraId), online: () => tell('in step') },
         { cursor: browserCursor('place') },
       );`,
    );
    const lib = { entry, formats: ['es' as const], fileName: () => 'page.js' };
    await build({
      root: folder,
      logLevel: 'error',
      build: { lib, outDir: join(folder, 'page'), target: 'es2022' },
    });
    const script = await readFile(join(folder, 'page/page.js'), 'utf8');
    const browser = await launchBrowser();
    try {
      // A document that came from elsewhere than the server may not reach its socket, so the script is added to one of its own.
      const page = await browser.newPage();
      await page.route('**/client-test.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: script }),
      );
      await page.goto(`${server.url}/api/reference`);
      await page.addScriptTag({ url: '/client-test.js', type: 'module' });
      await page.getByText('in step').waitFor();
      await playAgain();
      await page.getByText('hall saw hall').nth(1).waitFor();
      expect(await page.evaluate<string>("localStorage.getItem('place')")).to.match(/\S/);
    } finally {
      await browser.close();
    }
  });
});

/** A program in a process of its own, and what it printed so far. */
class RunningExample {
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  #printed = '';

  constructor(file: string) {
    this.#child = spawn(process.execPath, [file], {
      cwd: dirname(file),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#printed += text));
  }

  /** Waits until what it printed fits; fails when it ends without. @returns all that it printed */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#printed) && this.#child.exitCode === null) {
      await Promise.race([once(this.#child.stdout, 'data'), once(this.#child, 'close')]);
    }
    expect(this.#printed).to.match(pattern);
    return this.#printed;
  }

  /** Ends it as a power cut does. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
