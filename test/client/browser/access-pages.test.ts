import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { en } from '../../../client/src/strings/en.js';
import { languageNames } from '../../../client/src/strings/language.js';
import { AccessBench, phrase } from '../../helpers/access-bench.js';
import { lookRules, seriousFindings } from '../../helpers/axe.js';
import { launchBrowser } from '../../helpers/browser.js';
import { hearComplaints } from '../../helpers/hear-complaints.js';
import { door } from '../../helpers/http-bench.js';
import { misfits } from '../../helpers/page-fit.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const viteConfig = fileURLToPath(new URL('../../../client/vite.config.ts', import.meta.url));
const desktop = { width: 1280, height: 900 };
const t = en.access;

describe('The pages that let somebody in', function () {
  this.timeout(60_000);
  const folders = tempFolders();
  let bench: AccessBench;
  let browser: Browser;
  const complaints: string[] = [];
  /** What the tests provoke: a wrong password, a link that is used up, a camera without video. */
  const expected = [
    /^Failed to load resource: .* status of 4\d\d .* at \/api\/(session|setup|publish-links\/redeem)$/,
  ];

  before(async () => {
    const client = folders.make();
    bench = new AccessBench(folders.make(), client);
    await build({ configFile: viteConfig, logLevel: 'error', build: { outDir: client, emptyOutDir: true } });
    bench.http.cameras.set('side', { ...door, id: 'side', name: 'Side door', kind: 'webcam', address: '' });
    await bench.listen();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await bench.close();
  });
  afterEach(async function () {
    for (const context of browser.contexts()) await context.close();
    const heard = complaints.splice(0);
    if (this.currentTest?.state === 'passed') expect(heard).to.deep.equal([]);
  });

  /** Opens a path in a browser of its own, where nobody is signed in. */
  const open = async (path: string, locale = 'en'): Promise<Page> => {
    const page = await browser.newPage({ viewport: desktop, locale, reducedMotion: 'reduce' });
    hearComplaints(page, complaints, expected);
    await page.goto(bench.url + path);
    return page;
  };

  /** Looks at a page as it is, in both themes and on phones. */
  const look = async (page: Page): Promise<void> => {
    expect(await page.locator('h1').count(), 'main headings').to.equal(1);
    expect(await seriousFindings(page), 'light').to.deep.equal([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page, lookRules), 'dark').to.deep.equal([]);
    await page.emulateMedia({ colorScheme: 'light' });
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await misfits(page), String(width)).to.deep.equal([]);
    }
    await page.setViewportSize(desktop);
  };

  it('say who may make the first account, and take it from whoever has the link', async () => {
    const stranger = await open('/setup');
    await stranger.getByText(t.setupNeedsLink).waitFor();
    await look(stranger);

    const page = await open(`/setup#${bench.access.links.makeSetup()}`);
    await page.getByRole('heading', { level: 1, name: t.setupTitle }).waitFor();
    await look(page);
    await page.getByLabel(t.name).fill('ana');
    await page.getByLabel(t.password).fill(phrase);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: `${t.account}: ana` }).waitFor();
    expect(new URL(page.url()).hash).to.equal('');
    await look(page);
  });

  it('take a name and a password, and say at once when they are not right', async () => {
    const page = await open('/history');
    await page.getByRole('heading', { level: 1, name: t.signIn }).waitFor();
    await look(page);
    await page.getByLabel(t.name).fill('ana');
    await page.getByLabel(t.password).fill('not this one');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await look(page);
    await page.getByLabel(t.password).fill(phrase);
    await page.keyboard.press('Enter');
    // The page that was wanted.
    await page.getByRole('heading', { level: 1, name: en.history.title }).waitFor();
  });

  for (const [code, name] of Object.entries(languageNames)) {
    it(`fit a phone in ${name}`, async () => {
      for (const path of ['/', '/join#nothing', '/notice']) {
        const page = await open(path, code);
        await page.locator('h1').waitFor();
        for (const width of [390, 320]) {
          await page.setViewportSize({ width, height: 700 });
          expect(await misfits(page), `${path} ${width}`).to.deep.equal([]);
        }
      }
    });
  }

  it('let a link send a webcam, once, and show nothing else', async () => {
    const { secret } = bench.access.links.makePublish('side', 'ana', Date.now() + 60_000);
    const page = await open(`/join#${secret}`);
    await page.getByRole('button', { name: t.joinSubmit }).waitFor();
    await look(page);
    await page.getByRole('button', { name: t.joinSubmit }).click();
    await page.getByTestId('publish-page').waitFor();
    await look(page);
    const late = await open(`/join#${secret}`);
    await late.getByRole('button', { name: t.joinSubmit }).click();
    await late.getByText(/link/i).first().waitFor();
    await look(late);
  });

  it('show the page of the webcam to those who may send and see nothing', async () => {
    await bench.account('cam', 'publisher');
    const page = await open('/');
    await page.getByLabel(t.name).fill('cam');
    await page.getByLabel(t.password).fill(phrase);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: en.publish.title }).waitFor();
    await look(page);
  });
});
