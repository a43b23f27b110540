import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../helpers/browser.js';
import { hearComplaints } from '../helpers/hear-complaints.js';
import { faceClip, fakeCameraFile } from '../helpers/media.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';
import { tempFolders } from '../helpers/temp-folder.js';

const photo = createRequire(import.meta.url).resolve('@vladmandic/face-api/demo/sample6.jpg');

/** Pastes a picture of one grey, as the browser does when it comes from a screenshot. */
const pasteGrey = `(async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  canvas.getContext('2d').fillRect(0, 0, 64, 48);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([blob], 'shot.png', { type: 'image/png' }));
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
})()`;

describe('the tools of the dashboard', function () {
  this.timeout(240_000);
  const folders = tempFolders();
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let configFile: string;
  const faults: string[] = [];

  before(async () => {
    configFile = join(folders.make(), 'config.yaml');
    await writeFile(configFile, '# Ours.\nlog:\n  level: info # as always\n');
    server = await startServer(['--config', configFile]);
    browser = await launchBrowser(await fakeCameraFile({ people: 2, seconds: 3 }));
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en' });
    page.setDefaultTimeout(100_000);
    // What the tests provoke: pictures, settings and clips that are refused, and no path for the video.
    hearComplaints(page, faults, [
      /^Failed to load resource: .* status of 4\d\d .* at \/(api\/(try|config|replays)|whep)/,
    ]);
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  afterEach(() => {
    expect(faults).to.deep.equal([]);
  });

  const open = async (path: string): Promise<void> => {
    await page.goto(server.url + path);
  };

  it('are reached from the header, by the keyboard', async () => {
    await open('/');
    await page.getByLabel('Tools').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Try a picture' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Try a picture' }).waitFor();
    expect(await page.getByRole('link', { name: 'Replay a clip' }).isVisible()).to.equal(false);
  });

  it('judge a picture: a box, a label and a bar for each state of every face', async () => {
    await open('/try');
    await page.getByText('No picture yet').waitFor();
    await page.getByLabel('Choose a picture').setInputFiles(photo);
    const faces = page.getByTestId('face');
    await faces.first().waitFor();
    const count = await faces.count();
    expect(count).to.be.at.least(1);
    expect(await page.locator('.face-box').count()).to.equal(count);
    const words = await faces.first().locator('dt').allInnerTexts();
    expect(words).to.deep.equal(['Mask', 'No mask', 'Worn wrong', 'No usable face']);
    const shares = (await faces.first().locator('dd').allInnerTexts()).slice(0, 3).map(parseFloat);
    expect(shares.reduce((a, b) => a + b, 0)).to.be.closeTo(100, 0.5);
    expect(await page.getByTestId('tried').innerText()).to.match(/\d ms · maskwatch-h · mobilenet/);
    const widthOf = (image: unknown) => (image as { naturalWidth: number }).naturalWidth;
    expect(await page.locator('.tried-picture img').evaluate(widthOf)).to.be.above(0);
  });

  it('judge what is pasted, and a webcam shot', async () => {
    await open('/try');
    await page.getByText('No picture yet').waitFor();
    await page.evaluate(pasteGrey);
    await page.getByText('No face was found').waitFor();
    expect(await page.getByTestId('tried').innerText()).to.contain('64 × 48 px');
    await page.getByRole('button', { name: 'Take a webcam shot' }).click();
    await page.getByRole('button', { name: 'Take the picture' }).click();
    await page.getByTestId('face').first().waitFor();
    expect(await page.getByRole('dialog').count()).to.equal(0);
  });

  it('say why a picture is not judged', async () => {
    await open('/try');
    await page
      .getByLabel('Choose a picture')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await page.getByText('That is no picture of a kind that is understood').waitFor();
    await page
      .getByLabel('Choose a picture')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(15_000_001) });
    await page.getByText('The picture is too large').waitFor();
    await page.getByLabel('Address of a picture').fill('http://127.0.0.1/face.png');
    await page.getByRole('button', { name: 'Fetch' }).click();
    await page.getByText('The server does not fetch from that address').waitFor();
  });

  it('run a clip with other settings and show what they change', async () => {
    await open('/replay');
    await page.getByLabel('Choose a clip').setInputFiles(await faceClip({ seconds: 4, people: 2 }));
    await page.getByText('No run yet').waitFor();
    const runs = page.getByTestId('runs');
    const done = (count: number) =>
      runs
        .locator('tbody tr')
        .first()
        .getByText('Done')
        .nth(count - 1)
        .waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await done(1);
    await page.getByLabel('Least score of a face').fill('0.99');
    await page.getByLabel('Frames a second').fill('5');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await done(2);
    expect(await runs.getByRole('columnheader').allInnerTexts()).to.deep.equal(['Measure', 'Run 1', 'Run 2']);
    const frames = runs.getByRole('row', { name: 'Frames analysed' });
    expect(await frames.innerText()).to.match(/Frames analysed\s+\d+\s+\d+\s*−\d+/);
    await page.getByRole('img', { name: 'First picture of the clip' }).waitFor();
    await page.getByRole('button', { name: '+ Zone' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await done(3);
    expect(await runs.getByRole('row', { name: 'Zone 1: people' }).innerText()).to.match(/–\s+–\s+\d/);
    await page.getByText('Run 1: 2 people').click();
    expect(await page.getByRole('region', { name: 'Run 1: 2 people' }).getByRole('row').count()).to.equal(3);

    // The clip stands in the address.
    await page.reload();
    await done(2);
    const path = new URL(page.url()).pathname;
    await page.getByRole('button', { name: 'Delete the clip now' }).click();
    await page.getByLabel('Choose a clip').waitFor({ state: 'attached' });
    await open(path);
    await page.getByText('This clip is not there any more').waitFor();
  });

  it('change settings: what is wrong is said at its field, and the file keeps its comments', async () => {
    await open('/settings');
    const setting = (key: string) => page.locator(`[data-key="${key}"]`);
    await setting('log.level').waitFor();
    expect(await setting('log.level').innerText()).to.contain('file');
    expect(await setting('server.port').locator('input').isDisabled()).to.equal(true);
    expect(await setting('server.port').innerText()).to.contain('Set on the command line');
    expect(await setting('webrtc.portRange').innerText()).to.contain('needs a restart');

    await setting('log.level').getByRole('combobox').selectOption('warn');
    await setting('analysis.fps').getByRole('textbox').fill('99');
    const pending = page.getByTestId('pending');
    expect(await pending.innerText()).to.match(/log\.level\s+info → warn[^]*analysis\.fps\s+10 → 99/);
    await pending.getByRole('button', { name: 'Save the changes' }).click();
    await page.locator('[data-key="analysis.fps"][data-invalid="true"]').waitFor();
    expect(await readFile(configFile, 'utf8')).to.contain('level: info');

    await setting('analysis.fps').getByRole('textbox').fill('7');
    await setting('analysis.frameSide').getByRole('textbox').fill('512');
    await pending.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByText('Saved. Some of it waits for a restart.').waitFor();
    const text = await readFile(configFile, 'utf8');
    expect(text).to.match(/^# Ours\.\nlog:\n {2}level: warn # as always\n/);
    expect(text).to.match(/fps: 7/);
    expect(await setting('analysis.frameSide').innerText()).to.contain('waits for a restart');
    expect(await pending.innerText()).to.contain('Nothing is changed.');
  });

  it('look for the reason why video does not come, step by step', async () => {
    await open('/camera/demo');
    const check = page.getByTestId('connection');
    const over = page.locator('[data-testid="connection"][data-over="true"]');
    // The figures of the camera come with its video.
    await page.locator('[data-testid="stage"][data-playing="true"]').waitFor();
    await page.getByRole('button', { name: 'Why can’t I connect?' }).click();
    await over.waitFor();
    await check.getByText('All steps work').waitFor();
    expect(await check.locator('[data-outcome="good"]').count()).to.equal(7);

    await page.route('**/whep/**', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const answer = await route.fetch();
      // With another name and password neither side believes the other's checks: no path opens.
      const body = (await answer.text())
        .replace(/^(a=ice-ufrag:).*$/gm, '$1wrongname')
        .replace(/^(a=ice-pwd:).*$/gm, '$1wrongpasswordofatleast22');
      return route.fulfill({ response: answer, body });
    });
    await check.getByRole('button', { name: 'Check again' }).click();
    await check.locator('[data-step="path"][data-outcome="bad"]').waitFor();
    expect(await check.innerText()).to.match(/webrtc\.hostAddresses[^]*webrtc\.portRange[^]*TURN server/);

    await page.unroute('**/whep/**');
    await page.route('**/whep/**', (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'Conflict',
          status: 409,
          code: 'no-video-yet',
          detail: 'No video yet.',
        }),
      }),
    );
    await over.waitFor();
    await check.getByRole('button', { name: 'Check again' }).click();
    await check.locator('[data-step="offer"][data-outcome="bad"]').waitFor();
    expect(await check.innerText()).to.contain('The camera itself gives no video');
    await page.unroute('**/whep/**');
  });

  it('show the figures on a board without video, for all cameras or one', async () => {
    await open('/board');
    await page
      .getByTestId('board-now')
      .filter({ hasText: /^\d+%$/ })
      .waitFor();
    expect(await page.locator('video, .app-header').count()).to.equal(0);
    await page.getByLabel('Camera').selectOption({ index: 1 });
    expect(new URL(page.url()).pathname).to.equal('/board/demo');
    await page.getByRole('heading', { level: 1, name: /demo/i }).waitFor();
    await page.getByRole('link', { name: 'Leave' }).click();
    await page.getByTestId('wall').waitFor();
  });
});
