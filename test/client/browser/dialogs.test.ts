import { expect } from 'chai';
import type { ElementHandle, Page } from 'playwright-core';
import { en } from '../../../client/src/strings/en.js';
import { lookRules, seriousFindings } from '../../helpers/axe.js';
import { PageBench } from '../../helpers/page-bench.js';
import { misfits } from '../../helpers/page-fit.js';
import { modelList } from '../state/models.js';

const desktop = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

/** A dialog, and the button that opens it. */
interface Opening {
  readonly name: string;
  readonly path: string;
  readonly opener: string;
}

const openings: readonly Opening[] = [
  { name: 'to add a camera', path: '/', opener: en.app.addCamera },
  { name: 'to change a camera', path: '/camera/door', opener: en.camera.edit('Door') },
  { name: 'to remove a camera', path: '/camera/door', opener: en.camera.remove('Door') },
  { name: 'of the keys of the wall', path: '/', opener: en.wall.keys },
  { name: 'of the way of the video', path: '/camera/door', opener: en.tools.connect.why },
  { name: 'to take a webcam shot', path: '/try', opener: en.tools.try.webcam },
  { name: 'to let another classifier run', path: '/models', opener: en.models.use },
  { name: 'to go back to the classifier before', path: '/models', opener: en.models.rollbackTo('first') },
];

/** Whether the keyboard is at an element. */
const hasFocus = (element: ElementHandle): Promise<boolean> =>
  element.evaluate((node) => {
    const { ownerDocument } = node as unknown as { ownerDocument: { activeElement: unknown } };
    return ownerDocument.activeElement === node;
  });

describe('Every dialog of the dashboard', function () {
  this.timeout(60_000);
  let bench: PageBench;
  let page: Page;

  before(async () => {
    bench = await PageBench.open();
    page = await bench.newPage({ viewport: desktop, locale: 'en', reducedMotion: 'reduce' });
    await page.context().grantPermissions(['camera']);
    const models = {
      ...modelList(),
      history: [
        { name: 'second', since: 2 },
        { name: 'first', since: 1 },
      ],
    };
    await page.route('**/api/models', (route) => route.fulfill({ json: models }));
  });
  after(() => bench.close());

  beforeEach(async () => {
    bench.complaints.splice(0);
    await page.setViewportSize(desktop);
    await page.emulateMedia({ colorScheme: 'light' });
  });
  afterEach(function () {
    if (this.currentTest?.state === 'passed') expect(bench.complaints).to.deep.equal([]);
  });

  /** Whether the keyboard is in the dialog; or at the browser's own controls, where the page knows nothing of it. */
  const isInside = (): Promise<boolean> =>
    page.evaluate(`document.activeElement === document.body ||
      document.querySelector('dialog[open]').contains(document.activeElement)`);

  for (const { name, path, opener } of openings) {
    it(`is accessible, fits a phone, keeps the keyboard and gives it back: the one ${name}`, async () => {
      await page.goto(bench.url + path);
      // One like it may come to stand before it meanwhile, so it is held on to.
      const button = await page.getByRole('button', { name: opener, exact: true }).first().elementHandle();
      await button.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await dialog.getAttribute('aria-labelledby')).to.match(/\S/);
      expect(await isInside(), 'keyboard inside at once').to.equal(true);

      expect(await seriousFindings(page), 'light').to.deep.equal([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(page, lookRules), 'dark').to.deep.equal([]);
      await page.setViewportSize(narrow);
      expect(await misfits(page), 'small phone').to.deep.equal([]);
      await page.setViewportSize(desktop);

      const controls = await dialog.locator('a[href], button, input, select, textarea').count();
      for (const key of ['Tab', 'Shift+Tab']) {
        for (let step = 0; step < controls + 2; step++) {
          await page.keyboard.press(key);
          expect(await isInside(), `${key} ${step}`).to.equal(true);
        }
      }

      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await hasFocus(button), 'focus back').to.equal(true);
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: en.form.close }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await hasFocus(button), 'again').to.equal(true);
    });
  }

  it('stays while the video is tried again behind it: the one of the way of the video, over the picture', async () => {
    await page.goto(`${bench.url}/camera/door`);
    const cover = page.getByTestId('stage-cover');
    const button = cover.getByRole('button', { name: en.tools.connect.why });
    await button.click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    // Its own try and those of the player; each of the bench's fails.
    const tries = bench.http.opened.length;
    for (let more = 0; more < 3; more++) await page.waitForResponse('**/whep/door');
    expect(bench.http.opened.length).to.be.above(tries);
    expect(await dialog.isVisible()).to.equal(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(await button.elementHandle())).to.equal(true);
  });

  it('has its like in the menu of tools: it opens and closes by keyboard, and is accessible in both themes', async () => {
    await page.goto(bench.url);
    const menu = page.getByLabel(en.tools.menu);
    await menu.focus();
    await page.keyboard.press('Enter');
    const entry = page.getByRole('link', { name: en.tools.try.title });
    await entry.waitFor();
    // What lies under the open menu is no target meanwhile.
    const list = '.tools-menu';
    expect(await seriousFindings(page, undefined, list), 'light').to.deep.equal([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page, lookRules, list), 'dark').to.deep.equal([]);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await misfits(page), String(width)).to.deep.equal([]);
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await entry.waitFor({ state: 'hidden' });
    expect(await hasFocus(await menu.elementHandle())).to.equal(true);
  });

  const forms: readonly (readonly [string, string, string])[] = [
    ['/rules', 'a rule', en.watch.alerts.addRule],
    ['/sinks', 'somebody to tell', en.watch.sinks.add],
    ['/camera/door', 'zones', en.watch.zones.edit],
  ];
  for (const [path, what, opener] of forms) {
    it(`has its like in the form for ${what}: accessible in both themes, and fits a phone`, async () => {
      await page.goto(bench.url + path);
      await page.locator('main').getByRole('button', { name: opener }).click();
      await page.getByRole('button', { name: en.form.cancel }).first().waitFor();
      expect(await seriousFindings(page), 'light').to.deep.equal([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(page, lookRules), 'dark').to.deep.equal([]);
      await page.setViewportSize(narrow);
      expect(await misfits(page), 'small phone').to.deep.equal([]);
    });
  }
});
