import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import express from 'express';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { securityHeaders } from '../../../server/http/security-headers.js';
import { hearComplaints } from '../../helpers/hear-complaints.js';
import { ContractServer } from '../contract-server.js';
import { camera, counts, visit } from '../state/views.js';

const chromiumPath = '/usr/bin/chromium';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const viteConfig = fileURLToPath(new URL('../../../client/vite.config.ts', import.meta.url));

/** The part of axe's report that the test reads. */
interface AxeReport {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What the tests provoke. */
const expected = [
  /^Failed to load resource: .* status of 409 .* at \/whep\//,
  /WebSocket|ERR_CONNECTION_REFUSED/,
];

describe('The dashboard in a browser', function () {
  this.timeout(60_000);
  const server = new ContractServer();
  let folder: string;
  let browser: Browser;
  let page: Page;
  /** Console errors, uncaught errors and violations of the security policy. */
  let complaints: string[];

  before(async function () {
    if (!existsSync(chromiumPath)) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-client-'));
    await build({ configFile: viteConfig, logLevel: 'error', build: { outDir: folder } });
    server.app.use(securityHeaders(), express.static(folder));
    server.app.use((_request, response) => response.sendFile(join(folder, 'index.html')));
    await server.start();
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });

  after(async () => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    server.cameras.clear();
    server.counts.clear();
    complaints = [];
    page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      locale: 'en',
    });
    hearComplaints(page, complaints, expected);
  });

  afterEach(async function () {
    await page.close();
    if (this.currentTest?.state === 'passed') expect(complaints).to.deep.equal([]);
  });

  /** Violations that axe calls serious or critical. */
  async function seriousViolations(): Promise<string[]> {
    // Through the debugger, because the page's policy rightly refuses an injected script element.
    await page.evaluate(await readFile(axePath, 'utf8'));
    const report = await page.evaluate<AxeReport>('axe.run()');
    return report.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  function fill(): void {
    server.cameras.set('door', camera('door', { name: 'Front door' }));
    server.cameras.set(
      'yard',
      camera('yard', {
        name: 'Yard',
        status: { state: 'retrying', reason: '401 from camera', reconnects: 3 },
      }),
    );
    server.cameras.set('demo', camera('demo', { name: 'Demo', demo: true, kind: 'file' }));
    server.tell(
      'counts',
      counts('door', Date.now(), { mask: 2, no_mask: 1, unknown: 1 }, { mask: 8, no_mask: 2, unknown: 3 }),
    );
    server.visits.push(
      visit('v1', Date.now() - 60_000),
      visit('v2', Date.now() - 90_000, { state: 'incorrect', ended: true }),
    );
  }

  it('says what to do when there is no camera', async () => {
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'No camera yet' }).waitFor();
    expect(await page.getByRole('main').getByRole('button', { name: 'Add camera' }).count()).to.equal(1);
  });

  it('shows cameras, states with reasons, and figures that never hide the unknown', async () => {
    fill();
    await page.goto(server.url);
    await page.getByTestId('tile').first().waitFor();
    expect(await page.getByTestId('tile').count()).to.equal(3);
    expect(await page.getByTestId('kpi-compliance-now').innerText()).to.match(/67%\s+of 3 decided/);
    expect(await page.getByTestId('kpi-today').innerText()).to.match(/13\s+3 unknown/);
    expect(await page.getByTestId('kpi-cameras').innerText()).to.match(/2\s+of 3/);
    const yard = page.locator('[data-camera=yard]');
    expect(await yard.getByTestId('camera-status').innerText()).to.match(/Retrying\s+401 from camera/);
    expect(await yard.getByTestId('compliance-now').innerText()).to.equal('–');
    expect(await page.locator('[data-camera=demo] .badge-demo').innerText()).to.equal('Demo');
  });

  it('follows counts as they come, and reads them out politely', async () => {
    fill();
    await page.goto(server.url);
    const now = page.locator('[data-camera=door]').getByTestId('compliance-now');
    await now.waitFor();
    server.tell('counts', counts('door', Date.now() + 1000, { mask: 4 }));
    await page.getByTestId('kpi-compliance-now').getByText('100%').waitFor();
    expect(await now.innerText()).to.equal('100%');
    await page.getByText(/in view: \d with mask/).waitFor({ state: 'attached' });
    expect(await page.getByTestId('live-summary').getAttribute('aria-live')).to.equal('polite');
  });

  it('says that the connection is lost, and what was caught up when it is back', async () => {
    fill();
    await page.goto(server.url);
    await page.getByTestId('tile').first().waitFor();
    await server.stop();
    await page.getByTestId('connection-lost').waitFor();
    server.tell('counts', counts('door', Date.now() + 2000, { no_mask: 5 }));
    await server.start();
    const back = page.getByTestId('connection-back');
    await back.waitFor();
    expect(await back.innerText()).to.equal('Connected again; 1 missed event caught up.');
    expect(await page.getByTestId('kpi-in-view').innerText()).to.match(/5\s+0 unknown/);
  });

  it('says in full screen, too, that the connection is lost', async () => {
    fill();
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Front door' }).focus();
    await page.keyboard.press('f');
    const wall = page.locator('[data-testid=wall-frame][data-full=true]');
    await wall.waitFor();
    await server.stop();
    await wall.getByTestId('connection-lost').waitFor();
    await server.start();
    await wall.getByTestId('connection-back').waitFor();
  });

  it('opens a dialog that keeps the focus, closes on Escape and gives the focus back', async () => {
    await page.goto(server.url);
    const opener = page.getByRole('banner').getByRole('button', { name: 'Add camera' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a camera' });
    await dialog.waitFor();
    expect(await page.evaluate('document.querySelector("dialog").contains(document.activeElement)')).to.equal(
      true,
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent.trim()')).to.equal('Add camera');
  });

  it('goes to a camera and back with the browser’s own buttons', async () => {
    fill();
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Front door' }).click();
    await page.getByRole('heading', { level: 1, name: 'Front door' }).waitFor();
    expect(new URL(page.url()).pathname).to.equal('/camera/door');
    await page.getByTestId('visits').getByText('Worn wrong').waitFor();
    await page.goBack();
    await page.getByTestId('wall').waitFor();
    await page.goto(`${server.url}/camera/gone`);
    await page.getByRole('heading', { name: 'This camera does not exist' }).waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe calls serious, in ${colorScheme}`, async () => {
      fill();
      await page.emulateMedia({ colorScheme });
      await page.goto(server.url);
      await page.getByTestId('tile').first().waitFor();
      expect(await seriousViolations()).to.deep.equal([]);
      await page.getByRole('banner').getByRole('button', { name: 'Add camera' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await seriousViolations()).to.deep.equal([]);
      await page.goto(`${server.url}/camera/door`);
      await page.getByTestId('visits').waitFor();
      expect(await seriousViolations()).to.deep.equal([]);
    });
  }

  it('fits on a phone of 360 pixels', async () => {
    fill();
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/', '/camera/door']) {
      await page.goto(server.url + path);
      await page.getByTestId('stage').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).to.be.at.most(360);
    }
  });
});
