import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { door, type HttpBench } from '../../helpers/http-bench.js';
import { PageBench } from '../../helpers/page-bench.js';

describe('the wall', function () {
  this.timeout(90_000);
  let pages: PageBench;
  let bench: HttpBench;
  let page: Page;
  let url: string;

  before(async () => {
    pages = await PageBench.open();
    ({ http: bench, page, url } = pages);
    for (let number = 1; number <= 7; number++) {
      const id = `c${number}`;
      const group = number <= 3 ? { group: 'Hall' } : {};
      bench.cameras.set(id, { ...door, id, name: `Camera ${number}`, ...group });
    }
  });
  after(() => pages.close());
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  const names = () =>
    page
      .getByTestId('tile')
      .evaluateAll((tiles) => tiles.map((tile) => (tile as unknown as { ariaLabel: string }).ariaLabel));
  const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent');
  const search = (): string => new URL(page.url()).search;

  it('shows a chosen layout page by page, and the address says so', async () => {
    await page.goto(url);
    await page.getByTestId('tile').nth(7).waitFor();
    await page.getByLabel('Layout').selectOption('4');
    await page.getByText('1 of 2').waitFor();
    expect(await names()).to.deep.equal(['Camera 1', 'Camera 2', 'Camera 3', 'Camera 4']);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('2 of 2').waitFor();
    expect(search()).to.equal('?layout=4&page=2');
    expect(await pages.seriousFindings()).to.deep.equal([]);
    await page.reload();
    await page.getByText('2 of 2').waitFor();
    expect(await names()).to.deep.equal(['Camera 5', 'Camera 6', 'Camera 7', 'Door']);
  });

  it('keeps what was chosen for the next time', async () => {
    await page.goto(`${url}/rules`);
    await page.getByRole('link', { name: 'Maskwatch' }).click();
    await page.getByText('2 of 2').waitFor();
    expect(search()).to.equal('?layout=4&page=2');
  });

  it('shows the cameras of one group', async () => {
    await page.getByLabel('Group').selectOption('Hall');
    await page.getByTestId('tile').nth(3).waitFor({ state: 'detached' });
    expect(await names()).to.deep.equal(['Camera 1', 'Camera 2', 'Camera 3']);
    await page.getByLabel('Group').selectOption('All groups');
  });

  it('is gone through by arrow keys, and Enter opens a camera', async () => {
    await page.goto(`${url}/?layout=1%2B5`);
    await page.getByTestId('tile').nth(5).waitFor();
    await page
      .getByTestId('stage')
      .first()
      .click({ position: { x: 60, y: 60 } });
    await page.keyboard.press('ArrowRight');
    expect(await focused()).to.equal('Camera 1');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).to.match(/Camera [45]/);
    await page.keyboard.press('End');
    expect(await focused()).to.equal('Camera 6');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).to.equal('Camera 3');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).to.equal('Camera 1');
    const outline = await page.evaluate<string>(
      'getComputedStyle(document.querySelector("[data-testid=tile]")).outlineStyle',
    );
    expect(outline).to.equal('solid');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Camera 1' }).waitFor();
  });

  it('takes keys for layouts, the large place and the list of keys, but not while something is typed', async () => {
    await page.goto(`${url}/?layout=4`);
    await page.getByTestId('tile').nth(3).waitFor();
    // Nothing is meant while the focus is elsewhere.
    await page.keyboard.press('3');
    expect(search()).to.equal('?layout=4');
    await page.getByRole('link', { name: 'Camera 3' }).focus();
    await page.keyboard.press('5');
    await page.getByTestId('tile').nth(5).waitFor();
    expect(search()).to.equal('?layout=1%2B5');
    await page.getByRole('link', { name: 'Camera 3' }).focus();
    await page.keyboard.press('l');
    await page.waitForURL(/first=c3/);
    expect((await names())[0]).to.equal('Camera 3');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys of the wall' });
    await help.getByText('Go to the next picture').waitFor();
    expect(await pages.seriousFindings()).to.deep.equal([]);
    await page.keyboard.press('1');
    expect(search()).to.contain('layout=1%2B5');
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  });

  it('fills the screen without what is around it, and gives it back', async () => {
    await page.getByRole('link', { name: 'Camera 3' }).focus();
    await page.keyboard.press('f');
    await page.locator('[data-testid=wall-frame][data-full=true]').waitFor();
    const overhang = await page.evaluate<number>(
      'document.fullscreenElement.scrollHeight - document.fullscreenElement.clientHeight',
    );
    expect(overhang).to.be.at.most(0);
    await page.keyboard.press('4');
    await page.locator('[data-layout="16"]').waitFor();
    await page.keyboard.press('f');
    await page.locator('[data-testid=wall-frame][data-full=false]').waitFor();
    expect(await page.getByRole('banner').isVisible()).to.equal(true);
  });

  it('draws zones on the pictures, exactly where their boxes lie', async () => {
    await bench.watch.port.zones.replace('c1', [
      {
        name: 'Entrance',
        kind: 'area',
        anchor: 'centre',
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 0 },
          { x: 1, y: 1 },
          { x: 0, y: 1 },
        ],
      },
      {
        name: 'Desk',
        kind: 'privacy',
        anchor: 'centre',
        points: [
          { x: 0.1, y: 0.1 },
          { x: 0.4, y: 0.1 },
          { x: 0.4, y: 0.5 },
        ],
      },
    ]);
    await page.goto(`${url}/?layout=1`);
    await page.getByRole('button', { name: 'Zones' }).click();
    const outline = page.locator('.zone[data-kind=area] polygon');
    await outline.waitFor({ state: 'attached' });
    expect(search()).to.equal('?layout=1&zones=on');
    const stage = await page.getByTestId('stage').boundingBox();
    const zone = await page.evaluate<readonly number[]>(`(() => {
      const shape = document.querySelector('.zone[data-kind=area] polygon');
      const { x, y, width, height } = shape.getBBox();
      const at = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM());
      return [at.x, at.y, width, height];
    })()`);
    // The picture is 16:9 as its stage is: a zone of the whole picture covers it.
    for (const [index, side] of [stage?.x, stage?.y, stage?.width, stage?.height].entries()) {
      expect(zone[index]).to.be.closeTo(side ?? -1, 1);
    }
    expect(await page.locator('.zone[data-kind=privacy] polygon').getAttribute('fill')).to.match(/^url\(#/);
    await page.getByText('Entrance · 0').waitFor({ state: 'attached' });
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('draws zones on a picture of another shape where the picture lies', async () => {
    const square = { ...door, id: 'square', name: 'Square' };
    const video = { width: 640, height: 480, fps: 10, cameraCodec: 'h264', codec: 'h264' } as const;
    bench.cameras.clear();
    bench.cameras.set('square', { ...square, status: { ...door.status, video } });
    await bench.watch.port.zones.replace('square', [
      {
        ...{ name: 'All', kind: 'area', anchor: 'centre' },
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 0 },
          { x: 1, y: 1 },
          { x: 0, y: 1 },
        ],
      },
    ]);
    await page.goto(`${url}/?layout=1&zones=on`);
    await page.locator('.zone polygon').waitFor({ state: 'attached' });
    const [ratio = 0, left = 0, right = 1] = await page.evaluate<readonly number[]>(`(() => {
      const stage = document.querySelector('[data-testid=stage]').getBoundingClientRect();
      const zone = document.querySelector('.zone polygon');
      const { x, y, width, height } = zone.getBBox();
      const at = new DOMPoint(x, y).matrixTransform(zone.getScreenCTM());
      return [width / height, at.x - stage.left, stage.right - at.x - width];
    })()`);
    expect(ratio).to.be.closeTo(4 / 3, 0.01);
    expect(left).to.be.above(40).and.closeTo(right, 1);
  });
});
