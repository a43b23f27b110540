import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { pathOf, plainViews, type Route } from '../../../client/src/router/route.js';
import { localOwner } from '../../../server/access/caller.js';
import { createRealtime, type Realtime } from '../../../server/realtime/create-realtime.js';
import { alertOf } from '../../helpers/alerts.js';
import { launchBrowser } from '../../helpers/browser.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const viteConfig = fileURLToPath(new URL('../../../client/vite.config.ts', import.meta.url));

const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
const wallDisplay = { width: 3840, height: 2160 };

/** Every view there is, by its path. */
const paths = [
  ...plainViews.map((view): Route => ({ view })),
  { view: 'wall' } as const,
  { view: 'camera', cameraId: 'door' } as const,
  { view: 'camera', cameraId: 'gone' } as const,
  { view: 'publish' } as const,
  { view: 'not-found', path: '/nowhere' } as const,
].map(pathOf);

/** What axe may complain about: WCAG 2.2 up to level AA. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose outcome depends on theme and width; the others need to run only once a page. */
const lookRules = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

describe('Every page of the dashboard', function () {
  this.timeout(180_000);
  const folders = tempFolders();
  let bench: HttpBench;
  let server: Server;
  let realtime: Realtime;
  let browser: Browser;
  let page: Page;
  let url: string;
  /** Uncaught errors, console errors and violations of the security policy. */
  let complaints: string[] = [];

  before(async () => {
    const client = folders.make();
    bench = new HttpBench(folders.make(), client);
    await build({ configFile: viteConfig, logLevel: 'error', build: { outDir: client, emptyOutDir: true } });
    const alert = alertOf({ zoneName: 'Entrance' });
    bench.journal.putAlert(alert);
    bench.journal.append('alert', 'door', Date.now(), { change: 'raised', alert });
    bench.journal.flush();
    server = createServer(bench.app);
    realtime = createRealtime(server, {
      journal: bench.journal,
      allow: () => true,
      identify: () => localOwner,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
    page = await newPage(desktop);
  });
  after(async () => {
    await browser.close();
    await realtime.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await bench.close();
  });

  /** A fresh page, with its complaints listened to. */
  const newPage = async (look: { width: number; height: number }, locale = 'en'): Promise<Page> => {
    const made = await browser.newPage({ viewport: look, locale, reducedMotion: 'reduce' });
    made.setDefaultTimeout(90_000);
    made.on('pageerror', (error) => complaints.push(error.message));
    made.on('console', (message) => {
      // An answer with an error status is the server's word about a camera that is not there, not a fault of the page.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource')) {
        complaints.push(message.text());
      }
    });
    await made.goto(url);
    await made.getByTestId('tile').waitFor();
    await made.evaluate(axe.source);
    return made;
  };

  beforeEach(() => {
    complaints = [];
  });
  afterEach(function () {
    if (this.currentTest?.state === 'passed') expect(complaints).to.deep.equal([]);
  });

  /** Goes to a view as a link does, and waits until what it reads from the server is there. */
  const goTo = async (path: string, on = page): Promise<void> => {
    // A page behind another one draws nothing, and waiting for its next frame would not end.
    await on.bringToFront();
    await on.evaluate((to) => {
      const tab = globalThis as unknown as {
        history: { pushState(data: null, unused: string, path: string): void };
        dispatchEvent(event: object): void;
        PopStateEvent: new (name: string) => object;
      };
      tab.history.pushState(null, '', to);
      tab.dispatchEvent(new tab.PopStateEvent('popstate'));
    }, path);
    await on.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    await on.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  };

  const seriousFindings = async (rules?: readonly string[]): Promise<string[]> => {
    const { violations } = await page.evaluate(
      ([tags, only]) =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          resultTypes: ['violations'],
          runOnly: only === undefined ? { type: 'tag', values: tags } : { type: 'rule', values: only },
          rules: { 'target-size': { enabled: true } },
        }),
      [wcag, rules === undefined ? undefined : [...rules]] as const,
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  /** How far the page reaches out to the right of the window, in CSS pixels. */
  const overhang = (on = page): Promise<number> =>
    on.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  for (const path of paths) {
    it(`is accessible, light and dark, and fits a phone as well as a wall display: ${path}`, async () => {
      await page.setViewportSize(wallDisplay);
      await goTo(path);
      expect(await overhang(), 'wall display').to.equal(0);
      await page.setViewportSize(phone);
      expect(await overhang(), 'phone').to.equal(0);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(lookRules), 'dark, phone').to.deep.equal([]);
      await page.emulateMedia({ colorScheme: 'light' });
      expect(await seriousFindings(['color-contrast']), 'light, phone').to.deep.equal([]);
      await page.setViewportSize(desktop);
      expect(await seriousFindings(), 'light, desktop').to.deep.equal([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(['color-contrast']), 'dark, desktop').to.deep.equal([]);
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
});
