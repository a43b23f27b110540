import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { pathOf, plainViews, type Route } from '../../../client/src/router/route.js';
import { languageNames } from '../../../client/src/strings/language.js';
import { alertOf } from '../../helpers/alerts.js';
import { lookRules, seriousFindings } from '../../helpers/axe.js';
import { PageBench } from '../../helpers/page-bench.js';
import { misfits, overhang } from '../../helpers/page-fit.js';

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const smallPhone = { width: 320, height: 640 };
const wallDisplay = { width: 3840, height: 2160 };

/** Every view there is, by its path. */
const paths = [
  ...plainViews.map((view): Route => ({ view })),
  { view: 'wall' } as const,
  { view: 'camera', cameraId: 'door' } as const,
  { view: 'camera', cameraId: 'gone' } as const,
  { view: 'publish' } as const,
  { view: 'publish', cameraId: 'door' } as const,
  { view: 'board' } as const,
  { view: 'board', cameraId: 'door' } as const,
  { view: 'replay' } as const,
  { view: 'replay', replayId: 'clip' } as const,
  { view: 'not-found', path: '/nowhere' } as const,
].map(pathOf);

/** As much of the web app manifest as is looked at. */
interface Manifest {
  readonly name: string;
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string }[];
}

describe('Every page of the dashboard', function () {
  this.timeout(90_000);
  let bench: PageBench;
  let page: Page;

  before(async () => {
    bench = await PageBench.open();
    const { journal } = bench.http;
    const alert = alertOf({ zoneName: 'Entrance' });
    journal.putAlert(alert);
    journal.append('alert', 'door', Date.now(), { change: 'raised', alert });
    journal.flush();
    page = await newPage('en');
  });
  after(() => bench.close());

  /** A page of its own, in that language, on the wall. */
  const newPage = async (locale: string): Promise<Page> => {
    const made = await bench.newPage({ viewport: desktop, locale, reducedMotion: 'reduce' });
    await made.goto(bench.url);
    await made.getByTestId('tile').waitFor();
    return made;
  };

  beforeEach(() => {
    bench.complaints.splice(0);
  });
  afterEach(function () {
    if (this.currentTest?.state === 'passed') expect(bench.complaints).to.deep.equal([]);
  });

  /** Goes to a view as a link does, and waits until what it reads from the server is there. */
  const goTo = async (path: string, on = page): Promise<void> => {
    await on.evaluate(`history.pushState(null, '', ${JSON.stringify(path)});
      dispatchEvent(new PopStateEvent('popstate'));
      new Promise((done) => requestAnimationFrame(() => setTimeout(done)))`);
    await on.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  };

  for (const path of paths) {
    it(`is accessible, light and dark, and fits a phone as well as a wall display: ${path}`, async () => {
      await page.setViewportSize(wallDisplay);
      await goTo(path);
      expect(await page.locator('h1').count(), 'main headings').to.equal(1);
      expect(await overhang(page), 'wall display').to.equal(0);
      await page.setViewportSize(phone);
      expect(await overhang(page), 'phone').to.equal(0);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(page, lookRules), 'dark, phone').to.deep.equal([]);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await seriousFindings(page, ['color-contrast']), 'light, phone').to.deep.equal([]);
      await page.setViewportSize(desktop);
      expect(await seriousFindings(page), 'light, desktop').to.deep.equal([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(page, ['color-contrast']), 'dark, desktop').to.deep.equal([]);
    });
  }

  it('shows where the keyboard is, from the link that skips the header on', async () => {
    await goTo('/');
    await page.locator('.skip-link').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).to.equal('content');
    const unseen = await page.evaluate<string[]>(`(() => {
      const outlined = (element) => getComputedStyle(element).outlineStyle !== 'none' &&
        parseFloat(getComputedStyle(element).outlineWidth) >= 2;
      return [...document.querySelectorAll('a[href], button, select, input')]
        .filter((element) => element.checkVisibility() && !element.disabled)
        .filter((element) => { element.focus({ focusVisible: true }); return !outlined(element); })
        .map((element) => element.outerHTML);
    })()`);
    expect(unseen).to.deep.equal([]);
  });

  it('moves nothing for those who want little motion', async () => {
    await goTo('/');
    const moving = await page.evaluate<string[]>(`document.getAnimations()
      .filter(({ effect }) => Number(effect.getComputedTiming().duration) < 5000)
      .map(({ effect }) => effect.target.outerHTML)`);
    expect(moving).to.deep.equal([]);
  });

  it('can be installed', async () => {
    await goTo('/');
    const manifest = await page.evaluate<Manifest>(
      `fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())`,
    );
    expect(manifest).to.include({ name: 'Maskwatch', display: 'standalone', start_url: '/' });
    const sizes = await page.evaluate<string[]>(`Promise.all(${JSON.stringify(manifest.icons)}
      .filter(({ type }) => type === 'image/png')
      .map(async ({ src }) => {
        const { width, height } = await createImageBitmap(await (await fetch(src)).blob());
        return width + 'x' + height;
      }))`);
    const told = manifest.icons.filter(({ type }) => type === 'image/png').map((icon) => icon.sizes);
    expect(sizes).to.deep.equal(told);
    // What Chromium asks for.
    expect(sizes).to.include.members(['192x192', '512x512']);
    const tools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await tools.send('Page.getInstallabilityErrors');
    // Every page of a test has a context of its own, which is what a private window is.
    expect(installabilityErrors.map(({ errorId }) => errorId)).to.deep.equal(['in-incognito']);
    expect((await tools.send('Page.getAppManifest')).errors).to.deep.equal([]);
    await tools.detach();
  });

  it('is spoken in the language that is chosen, and fetches that one only', async () => {
    await page.setViewportSize(desktop);
    await goTo('/');
    const languageFiles = (): Promise<string[]> =>
      page.evaluate<string[]>(`performance.getEntriesByType('resource').map(({ name }) => name)
        .filter((name) => /\\/(de|es)-[^/]*\\.js$/.test(name))`);
    expect(await languageFiles()).to.deep.equal([]);
    await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
    await page.locator('html[lang=de]').waitFor();
    expect(await languageFiles()).to.have.length(1);
    await page.reload();
    await page.getByRole('combobox', { name: 'Sprache' }).waitFor();
    await page.getByTestId('kpi-in-view').getByText('Personen im Bild').waitFor();
    await page.getByRole('combobox', { name: 'Sprache' }).selectOption('English');
    await page.locator('html[lang=en]').waitFor();
  });

  for (const [code, name] of Object.entries(languageNames)) {
    it(`fits a phone in ${name}, where the browser wants it`, async () => {
      const small = await newPage(code);
      expect(await small.locator('html').getAttribute('lang')).to.equal(code);
      const found: Record<string, readonly string[]> = {};
      for (const path of paths) {
        await goTo(path, small);
        for (const size of [phone, smallPhone]) {
          await small.setViewportSize(size);
          const misfitting = await misfits(small);
          if (misfitting.length > 0) found[`${path} at ${size.width}`] = misfitting;
        }
      }
      expect(found).to.deep.equal({});
      await small.close();
    });
  }
});
