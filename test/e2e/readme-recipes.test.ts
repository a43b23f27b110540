import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { CameraView } from '../../server/realtime/events.js';
import { untilAnswer } from '../helpers/await-event.js';
import { launchBrowser } from '../helpers/browser.js';
import { fileUnits } from '../helpers/clip-units.js';
import { faceClip, fakeCameraFile } from '../helpers/media.js';
import { RtspServer } from '../helpers/rtsp-server.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';
import { tempFolders } from '../helpers/temp-folder.js';

const run = promisify(execFile);
const size = { width: 640, height: 360, fps: 15 };
const published = 'http://localhost:8080';

describe('the recipes of the README', function () {
  this.timeout(120_000);
  const folders = tempFolders();
  let recipes: string;
  let camera: RtspServer;
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let configFile: string;

  /** The first block of code of a language after some words. */
  const block = (after: string, language: string): string => {
    const text = recipes.slice(recipes.indexOf(after));
    return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)?.[1] ?? '';
  };

  before(async () => {
    const readme = await readFile('README.md', 'utf8');
    recipes = readme.slice(readme.indexOf('## Recipes'), readme.indexOf('## On the command line'));
    camera = await RtspServer.start({
      units: await fileUnits(await faceClip({ seconds: 4, people: 2 }), size),
      fps: size.fps,
      auth: { scheme: 'digest', user: 'guard', password: 'secret' },
    });
    configFile = join(folders.make(), 'config.yaml');
    const text = block('An RTSP camera', 'yaml');
    expect(text).to.contain('rtsp://guard:secret@192.168.1.20/stream1');
    await writeFile(
      configFile,
      text.replace('rtsp://guard:secret@192.168.1.20/stream1', camera.url('guard:secret')),
    );
    server = await startServer(['--config', configFile, '--no-demo']);
    browser = await launchBrowser(await fakeCameraFile({ people: 2 }));
    page = await browser.newPage({ locale: 'en' });
    page.setDefaultTimeout(60_000);
  });

  after(async () => {
    await browser.close();
    await server.dispose();
    await camera.close();
  });

  it('take fifteen lines or less each', () => {
    const each = recipes.split(/^(?=\*\*)/m).slice(1);
    expect(each).to.have.length(4);
    for (const recipe of each) {
      const lines = recipe.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('```'));
      expect(lines.length, recipe).to.be.at.most(15);
    }
  });

  it('bring in an RTSP camera by a file that passes the check', async () => {
    const command = block('An RTSP camera', 'sh');
    expect(command).to.match(/^npx maskwatch config check && npm start$/m);
    await run(process.execPath, [
      ...['--import', 'tsx', 'server/cli/main.ts', 'config', 'check', '--config', configFile],
    ]);
    const { cameras } = await untilAnswer(
      () => server.get<{ cameras: CameraView[] }>('/api/cameras'),
      (answer) => answer.cameras[0]?.status.state === 'live',
    );
    expect(cameras).to.have.length(1);
    expect(cameras[0]).to.include({ id: 'door', name: 'Main door' });
    expect(JSON.stringify(cameras)).not.to.contain('secret');
  });

  it('send a webcam by its page and button', async () => {
    const [, path = '', button = ''] =
      /`http:\/\/localhost:8080(\/\w+)` and press \*\*([^*]+)\*\*/.exec(recipes) ?? [];
    await page.goto(server.url + path);
    await page.getByRole('button', { name: button }).click();
    const { cameras } = await untilAnswer(
      () => server.get<{ cameras: CameraView[] }>('/api/cameras'),
      (answer) => answer.cameras.some(({ kind, status }) => kind === 'webcam' && status.state === 'live'),
    );
    expect(cameras).to.have.length(2);
    const link = /\*\*([^*]+)\*\* shows its QR code on the same page/.exec(recipes)?.[1] ?? '';
    await page.getByRole('button', { name: link }).waitFor();
  });

  it('put the wall and the board on a screen', async () => {
    const addresses = [...block('dashboard on a wall', 'sh').matchAll(/chromium --kiosk '?(http[^\s']+)/g)];
    const [wall = '', board = ''] = addresses.map((match) => (match[1] ?? '').replace(published, server.url));
    await page.goto(wall);
    const tiles = page.locator('.wall[data-compact="true"] .tile');
    await tiles.nth(1).waitFor();
    expect(await page.getByRole('combobox', { name: 'Layout' }).inputValue()).to.equal('4');
    await page.goto(board);
    await page.getByTestId('board-now').waitFor();
    expect(await page.locator('video').count()).to.equal(0);
  });

  it('follow visits and counts by a socket, in ten lines of code', async () => {
    const code = block('A socket consumer', 'js');
    expect(code.split('\n').filter((line) => line.trim() !== '')).to.have.length.of.at.most(10);
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', code.replace(published, server.url)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    try {
      await once(child.stdout, 'data');
      expect(printed).to.contain('ok: true');
      // The camera is cut off and comes back: people leave, and others come.
      camera.cut();
      while (!/counts \{[^]*visit \{|visit \{[^]*counts \{/.test(printed)) await once(child.stdout, 'data');
    } finally {
      child.kill('SIGKILL');
    }
  });
});
