import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { en } from '../../../client/src/strings/en.js';
import { picturePolicy } from '../../../server/addresses/address-policy.js';
import { childEnvironment, spawnCommand } from '../../../server/analysis/pool/spawn-command.js';
import { TryoutDesk } from '../../../server/tryout/tryout-desk.js';
import { lookRules, seriousFindings } from '../../helpers/axe.js';
import { maskStyles } from '../../helpers/face-scene.js';
import { maskedPhoto } from '../../helpers/media.js';
import { PageBench } from '../../helpers/page-bench.js';
import { misfits } from '../../helpers/page-fit.js';

const t = en.tools.try;

describe('the page that tries a picture', function () {
  this.timeout(120_000);
  let desk: TryoutDesk;
  let web: Server;
  let pages: PageBench;
  let page: Page;
  let photo: Buffer;

  before(async () => {
    const entry = resolve('server/tryout/process/main.ts');
    const command = spawnCommand(entry, [], process.env.PATH ?? '');
    desk = new TryoutDesk({ command, env: childEnvironment(process.env), patienceMs: 100_000 });
    photo = await readFile(await maskedPhoto('sample6.jpg', [maskStyles.mask]));
    web = createServer((request, response) => {
      if (request.url === '/face.jpg') response.setHeader('content-type', 'image/jpeg').end(photo);
      else response.writeHead(404).end();
    });
    await once(web.listen(0, '127.0.0.1'), 'listening');
    const classifier = 'mobilenet-v2-cut';
    const choice = { detector: 'maskwatch-h', classifier: resolve('models/weights', classifier) };
    // The rule of the product, but for the one web that a test has: that of this machine.
    const pictures = { ...picturePolicy(), networks: { private: false, loopback: true } };
    pages = await PageBench.open({
      tryout: { desk, models: () => Promise.resolve({ choice, classifier }), pictures },
    });
    ({ page } = pages);
    page.setDefaultTimeout(60_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });
  after(async () => {
    await pages.close();
    await desk.close();
    await new Promise((done) => web.close(done));
  });
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  const addressOf = (path: string): string =>
    `http://127.0.0.1:${(web.address() as AddressInfo).port}${path}`;
  const fetchAt = async (address: string): Promise<void> => {
    await page.getByLabel(t.url).fill(address);
    await page.getByRole('button', { name: t.fetch }).click();
  };
  /** The states of the faces, as their headings say. */
  const states = async (): Promise<string[]> => {
    await page.getByTestId('face').first().waitFor();
    return (await page.getByTestId('face').locator('h3').allInnerTexts()).map((text) =>
      text.replace(/^.*: /, ''),
    );
  };

  it('fetches a picture of the web and shows its faces, with the share of each state as a bar', async () => {
    await page.goto(`${pages.url}/try`);
    await fetchAt(addressOf('/face.jpg'));
    expect(await states())
      .to.include('Mask')
      .and.include('No mask');
    expect(await page.locator('.face-box').count()).to.equal((await states()).length);
    const face = page.getByTestId('face').first();
    expect(await face.locator('dt').allInnerTexts()).to.deep.equal([
      ...[en.label.mask, en.label.no_mask, en.label.incorrect, t.reject],
    ]);
    // Each bar is as long as the number beside it says.
    for (const row of await face.locator('.share-bar').all()) {
      const width = Number(await row.locator('rect').nth(1).getAttribute('width'));
      expect(width).to.be.closeTo(parseFloat(await row.locator('dd').innerText()), 0.1);
    }
  });

  it('is accessible with a result on it, light and dark, and fits a phone', async () => {
    expect(await pages.seriousFindings(), 'light').to.deep.equal([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page, lookRules), 'dark').to.deep.equal([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await misfits(page), String(width)).to.deep.equal([]);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('says why an address gives no picture', async () => {
    pages.expectRefusal(502, '/api/try/url');
    await fetchAt(addressOf('/nothing.jpg'));
    await page.getByText(t.failure.notFetched('The address answered 404.')).waitFor();
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('takes a picture that is dropped on it', async () => {
    const data = await page.evaluateHandle<unknown>(`(() => {
      const bytes = Uint8Array.from(atob('${photo.toString('base64')}'), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'people.jpg', { type: 'image/jpeg' }));
      return data;
    })()`);
    const zone = page.locator('.drop-zone');
    await zone.dispatchEvent('dragover', { dataTransfer: data });
    await page.locator('.drop-zone[data-over=true]').waitFor();
    await zone.dispatchEvent('drop', { dataTransfer: data });
    expect(await states())
      .to.include('Mask')
      .and.include('No mask');
    expect(await zone.getAttribute('data-over')).to.equal('false');
  });
});
