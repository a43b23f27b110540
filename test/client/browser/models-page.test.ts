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
import { chromiumPath } from '../../helpers/browser.js';
import { hearComplaints } from '../../helpers/hear-complaints.js';
import { ContractServer } from '../contract-server.js';
import { modelList } from '../state/models.js';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const viteConfig = fileURLToPath(new URL('../../../client/vite.config.ts', import.meta.url));

/** The part of axe's report that the test reads. */
interface AxeReport {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What the tests provoke. */
const expected = [/^Failed to load resource: .* status of (409|500) /];

describe('The page of the mask classifiers in a browser', function () {
  this.timeout(60_000);
  const server = new ContractServer();
  let folder: string;
  let browser: Browser;
  let page: Page;
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
    server.models = modelList();
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

  const model = (name: string) => page.locator(`[data-model="${name}"]`);

  it('is reached from the header and shows figures, matrices, what runs and what cannot', async () => {
    await page.goto(server.url);
    await page.getByRole('banner').getByRole('link', { name: 'Mask classifiers' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mask classifiers' }).waitFor();
    expect(new URL(page.url()).pathname).to.equal('/models');
    expect(await model('small').getByText('Running').count()).to.equal(1);
    expect(await model('small').getByRole('button', { name: 'Use this one' }).count()).to.equal(0);
    expect(await model('small').locator('dl').innerText()).to.match(/Macro recall\s+85\.6%/);
    const cells = await model('small').locator('.confusion td').allInnerTexts();
    expect(cells[4]).to.match(/975\s+96%/);
    expect(await model('plain').innerText()).to.contain('no figures');
    expect(await model('broken').innerText()).to.contain('Cannot be used: broken/manifest.json is no JSON');
    expect(await page.getByRole('button', { name: /Roll back/ }).count()).to.equal(0);
  });

  it('shows a card as text, whatever is in it', async () => {
    await page.goto(`${server.url}/models`);
    await model('small').getByText('Model card').click();
    const card = model('small').locator('.markdown');
    expect(await card.getByRole('heading', { name: 'Limits' }).count()).to.equal(1);
    expect(await card.innerText()).to.contain('<img src=x onerror=');
    expect(await card.locator('img, a, script').count()).to.equal(0);
    expect(await page.title()).not.to.equal('broken');
  });

  it('changes over after a confirmation, and rolls back', async () => {
    await page.goto(`${server.url}/models`);
    await model('my-site-2026-01-02').getByRole('button', { name: 'Use this one' }).click();
    const dialog = page.getByRole('dialog', { name: 'Use my-site-2026-01-02?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(server.models?.active).to.equal('small');

    await model('my-site-2026-01-02').getByRole('button', { name: 'Use this one' }).click();
    await dialog.getByRole('button', { name: 'Use this one' }).click();
    await page.getByText('my-site-2026-01-02 runs now.').waitFor();
    expect(await model('my-site-2026-01-02').getByText('Running').count()).to.equal(1);
    await page.getByRole('button', { name: 'Roll back to small' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('small runs now.').waitFor();
    expect(server.models?.active).to.equal('small');
  });

  it('says why a change was refused, and what runs stays', async () => {
    await page.goto(`${server.url}/models`);
    await model('bad').getByRole('button', { name: 'Use this one' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use this one' }).click();
    const alert = page.getByRole('dialog').getByRole('alert');
    expect(await alert.innerText()).to.equal('That did not work: bad/weights.bin is damaged');
    await page.keyboard.press('Escape');
    expect(await model('small').getByText('Running').count()).to.equal(1);
  });

  it('says when nothing could be read, and when there is nothing', async () => {
    server.models = undefined;
    await page.goto(`${server.url}/models`);
    await page.getByRole('heading', { name: 'The mask classifiers could not be loaded' }).waitFor();
    server.models = { models: [], active: 'gone', history: [{ name: 'gone' }] };
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'No mask classifier', exact: true }).waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has nothing that axe objects to, in ${colorScheme}, and fits on a phone`, async () => {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 740 });
        await page.goto(`${server.url}/models`);
        await model('small').getByText('Model card').click();
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${width}`).to.be.at.most(width);
        // Through the debugger, because the page's policy rightly refuses an injected script element.
        await page.evaluate(await readFile(axePath, 'utf8'));
        const { violations } = await page.evaluate<AxeReport>('axe.run()');
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).to.deep.equal([]);
      }
    });
  }
});
