import { expect } from 'chai';
import type { Page, Route as Request } from 'playwright-core';
import { pathOf, plainViews, type Route } from '../../../client/src/router/route.js';
import { de } from '../../../client/src/strings/de.js';
import { en } from '../../../client/src/strings/en.js';
import { languageNames } from '../../../client/src/strings/language.js';
import { PageBench } from '../../helpers/page-bench.js';

/** Views that show something of the server as soon as they are opened, by their path. */
const reading = [
  ...plainViews.filter((view) => !['try', 'setup', 'join'].includes(view)).map((view): Route => ({ view })),
  { view: 'wall' } as const,
  { view: 'camera', cameraId: 'door' } as const,
  { view: 'board' } as const,
  { view: 'board', cameraId: 'door' } as const,
  { view: 'replay', replayId: 'clip' } as const,
].map(pathOf);

/** Views that ask the server only when somebody does something. */
const waiting = [
  { view: 'try' } as const,
  { view: 'setup' } as const,
  { view: 'join' } as const,
  { view: 'replay' } as const,
  { view: 'publish' } as const,
  { view: 'not-found', path: '/nowhere' } as const,
].map(pathOf);

const said = 'Broken on purpose.';
const problem = JSON.stringify({
  type: 'about:blank',
  title: 'Broken',
  status: 500,
  code: 'broken',
  detail: said,
});
const proxyPage = '<!doctype html><title>503</title><h1>Service Unavailable</h1>';

/** Readings that a view needs before it can be opened at all. */
const isSession = (request: Request): boolean => new URL(request.request().url()).pathname === '/api/session';
const broken = (request: Request): Promise<void> =>
  request.fulfill({ status: 500, contentType: 'application/problem+json', body: problem });
const proxyBroken = (request: Request): Promise<void> =>
  request.fulfill({ status: 503, contentType: 'text/html', body: proxyPage });

describe('Every page of the dashboard, when all is not well', function () {
  this.timeout(90_000);
  let bench: PageBench;
  let page: Page;

  before(async () => {
    bench = await PageBench.open();
    for (const status of [500, 503]) bench.expectRefusal(status, '/api/.*');
    bench.expectRefusal(404, '/api/cameras/gone/zones');
    bench.expected.push(/net::ERR_(INTERNET_DISCONNECTED|FAILED) at /);
  });
  after(() => bench.close());
  beforeEach(async () => {
    page = await bench.newPage({
      ...{ viewport: { width: 1280, height: 900 }, locale: 'en', reducedMotion: 'reduce' },
      permissions: ['camera'],
    });
  });
  afterEach(async function () {
    await page.context().close();
    const heard = bench.complaints.splice(0);
    if (this.currentTest?.state === 'passed') expect(heard).to.deep.equal([]);
  });

  /** Answers everything but who is there in that way. */
  const answer = async (how: (request: Request) => Promise<void>): Promise<void> => {
    await page.route('**/api/**', (request) => (isSession(request) ? request.continue() : how(request)));
  };
  /** Goes to a view as a link does. */
  const goTo = (path: string): Promise<void> =>
    page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)});
      dispatchEvent(new PopStateEvent('popstate'));
      new Promise((done) => requestAnimationFrame(() => setTimeout(done)))`);
  const main = () => page.locator('main');
  const speak = async (code: 'en' | 'de'): Promise<void> => {
    await page.locator('header select').selectOption(languageNames[code]);
    await page.locator(`html[lang=${code}]`).waitFor();
  };
  /** Looks at each view until it says something, and at it by axe. */
  const expectEach = async (paths: readonly string[], words: string): Promise<void> => {
    const wrong: Record<string, readonly string[]> = {};
    for (const path of paths) {
      await goTo(path);
      await main()
        .getByText(words)
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => (wrong[path] = [`does not say "${words}"`]));
      expect(await page.locator('h1').count(), `main headings of ${path}`).to.equal(1);
      const findings = await bench.seriousFindings(page);
      if (findings.length > 0) wrong[path] = [...(wrong[path] ?? []), ...findings];
    }
    expect(wrong).to.deep.equal({});
  };

  it('says why it cannot show what it reads', async () => {
    await answer(broken);
    await page.goto(bench.url);
    await expectEach(reading, said);
    expect(await main().getByText(en.access.working).count()).to.equal(0);
  });

  it('says why it cannot do what it is asked for', async () => {
    await answer(broken);
    await page.goto(`${bench.url}/try`);
    await page.locator('input[type=file]').setInputFiles({ ...file('a.png', 'image/png') });
    await main().getByText(said).waitFor();
    await goTo('/replay');
    await page.locator('input[type=file]').setInputFiles({ ...file('a.mp4', 'video/mp4') });
    await main().getByText(said).waitFor();
    await goTo('/join');
    await page.getByRole('button', { name: en.access.joinSubmit }).click();
    await main().getByText(said).waitFor();
    await goTo('/setup');
    await page.getByLabel(en.access.name).fill('ada');
    await page.getByLabel(en.access.password).fill('correct horse battery');
    await page.getByRole('button', { name: en.access.setupSubmit }).click();
    await main().getByText(said).waitFor();
    await goTo('/publish');
    await page.getByRole('button', { name: en.publish.start }).click();
    await main().getByText(said).waitFor();
    expect(await bench.seriousFindings(page)).to.deep.equal([]);
  });

  it('quotes no page of a proxy, and is there by itself once the server answers', async () => {
    await page.route('**/api/**', proxyBroken);
    await page.goto(`${bench.url}/rules`);
    await main().getByText('HTTP 503').waitFor();
    await main().getByText(en.notice.neverConnected).waitFor();
    expect(await bench.seriousFindings(page)).to.deep.equal([]);
    await page.unroute('**/api/**');
    await main().getByText(en.watch.alerts.noRules).waitFor();
  });

  it('reads once more where somebody asks for it', async () => {
    await answer(proxyBroken);
    await page.goto(bench.url);
    for (const path of [
      '/',
      '/camera/door',
      '/board',
      '/models',
      '/settings',
      '/rules',
      '/users',
      '/audit',
    ]) {
      await goTo(path);
      await main().getByRole('button', { name: en.wall.tryAgain }).first().waitFor();
    }
    await page.unroute('**/api/**');
    await main().getByRole('button', { name: en.wall.tryAgain }).click();
    await page.getByTestId('audit-page').getByText(en.audit.empty).waitFor();
  });

  it('says that it reads, for as long as it does', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await answer(async (request) => {
      await held;
      await request.abort();
    });
    await page.goto(bench.url);
    const silent: string[] = [];
    for (const path of reading) {
      await goTo(path);
      if ((await page.locator('[aria-busy=true]').count()) === 0) silent.push(path);
    }
    expect(silent).to.deep.equal([]);
    expect(await bench.seriousFindings(page)).to.deep.equal([]);
    release();
  });

  it('says that the server is out of reach, on every view, and reads what is missing once it is back', async () => {
    await page.goto(bench.url);
    await page.getByTestId('tile').waitFor();
    // Fetched while there is a network, as by whoever speaks it.
    await speak('de');
    await speak('en');
    await page.context().setOffline(true);
    await page.getByTestId('connection-lost').waitFor();
    // What was read before is still shown, and said to be old.
    const known = ['/', '/camera/door', '/board', '/board/door'];
    await expectEach(
      reading.filter((path) => !known.includes(path)),
      en.notice.unreachable,
    );
    for (const path of [...known, ...waiting]) {
      await goTo(path);
      const old = path.startsWith('/board')
        ? page.locator('.board-stale')
        : page.getByTestId('connection-lost');
      await old.waitFor();
      expect(await bench.seriousFindings(page), path).to.deep.equal([]);
    }
    await speak('de');
    await goTo('/models');
    await main().getByText(de.notice.unreachable).waitFor();
    await speak('en');
    await goTo('/rules');
    await main().getByText(en.notice.unreachable).waitFor();
    await page.context().setOffline(false);
    await main().getByText(en.watch.alerts.noRules).waitFor();
    await page.getByTestId('connection-back').waitFor();
  });

  it('says what to do where there is nothing yet', async () => {
    const { cameras } = bench.http;
    const kept = [...cameras];
    cameras.clear();
    await page.goto(bench.url);
    const t = en;
    const empty: Readonly<Record<string, string>> = {
      '/': t.wall.emptyTitle,
      '/history': t.history.empty,
      '/report': t.history.empty,
      '/models': t.models.emptyTitle,
      '/try': t.tools.try.emptyTitle,
      '/alerts': t.watch.alerts.empty,
      '/rules': t.watch.alerts.noRules,
      '/sinks': t.watch.sinks.none,
      '/outbox': t.watch.sinks.none,
      '/account': t.access.noTokens,
      '/users': t.access.noUsers,
      '/board': t.tools.board.nobody,
      '/camera/gone': t.page.gone,
      '/board/gone': t.tools.board.gone,
      '/replay/clip': t.tools.replay.noRuns,
    };
    for (const [path, words] of Object.entries(empty)) await expectEach([path], words);
    for (const [id, camera] of kept) cameras.set(id, camera);
  });
});

function file(name: string, mimeType: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType, buffer: Buffer.from('a file') };
}
