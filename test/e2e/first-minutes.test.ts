import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../helpers/browser.js';
import { hearComplaints } from '../helpers/hear-complaints.js';
import { faceClip } from '../helpers/media.js';
import { untilOverlay } from '../helpers/overlay-probe.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';

describe("a stranger's first minutes", function () {
  this.timeout(180_000);
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    // What could not be loaded is told below, with its method.
    hearComplaints(page, faults, [/^Failed to load resource/]);
    page.on('response', (response) => {
      const request = response.request();
      // A player that says goodbye to a camera that was just removed is told, rightly, that it is gone.
      const goodbye = request.method() === 'DELETE' && request.url().includes('/whep/');
      if (response.status() >= 400 && !goodbye)
        faults.push(`${response.status()} ${request.method()} ${request.url()}`);
    });
    await page.goto(server.url);
  });

  after(async () => {
    await browser.close();
    await server.dispose();
  });

  it('show the demo camera with boxes on moving people', async () => {
    await untilOverlay(
      page,
      ({ counters }) => counters.presented > 30 && counters.exact + counters.interpolated > 5,
      'demo',
    );
    expect(await page.getByTestId('tile').count()).to.equal(1);
    expect(await page.getByTestId('tile').textContent()).to.match(/demo/i);
  });

  it('let the demo be removed with one click and a yes', async () => {
    await page.getByRole('button', { name: 'Remove demo' }).first().click();
    await page.getByTestId('tile').waitFor({ state: 'detached' });
  });

  it('lead in three steps to a camera whose picture shows at once', async () => {
    await page.getByTestId('first-steps').getByRole('link', { name: 'Begin' }).click();
    await page.getByLabel('Name').fill('Gate');
    await page.getByLabel('Address').fill('/no/such/file.mp4');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.locator('[data-testid=probe][data-ok=false]').waitFor();
    await page.getByLabel('Address').fill(await faceClip({ seconds: 4, people: 2 }));
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('heading', { name: 'Is this the right picture for Gate?' }).waitFor();
    await untilOverlay(page, ({ counters }) => counters.presented > 20, 'gate');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Where are people to be counted?' }).waitFor();
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await page.getByRole('button', { name: 'Make this alert' }).click();
    await page.getByRole('heading', { name: 'All is set up' }).waitFor();
    await page.getByRole('link', { name: 'All cameras' }).click();
    await page.getByTestId('tile').waitFor();
    expect(await page.getByTestId('first-steps').count()).to.equal(0);
  });

  it('let a camera be added, after a look at its address', async () => {
    const clip = await faceClip({ seconds: 4, people: 2 });
    await page.getByRole('button', { name: 'Add camera' }).first().click();
    const form = page.getByTestId('camera-form');
    await form.getByLabel('Name').fill('Hall');
    await form.getByLabel('Address').fill('/no/such/file.mp4');
    await form.getByRole('button', { name: 'Check address' }).click();
    await page
      .getByTestId('probe')
      .getByText(/no such file|cannot|not/i)
      .waitFor();
    await form.getByLabel('Address').fill(clip);
    await form.getByRole('button', { name: 'Check address' }).click();
    await page
      .getByTestId('probe')
      .getByText(/640x360, 15 fps, H\.264, works/)
      .waitFor({ timeout: 30_000 });
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await untilOverlay(page, ({ counters }) => counters.presented > 20, 'hall');
  });

  it('never broke a rule of the content security policy nor threw in the page', () => {
    expect(faults).to.deep.equal([]);
  });
});
