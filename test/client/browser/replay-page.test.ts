import { expect } from 'chai';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { ReplayRun } from '../../../server/replays/replay-desk.js';
import { PageBench } from '../../helpers/page-bench.js';
import { modelList } from '../state/models.js';

const nobody = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };

describe('the replay page', function () {
  this.timeout(90_000);
  let pages: PageBench;
  let page: Page;
  const runs: ReplayRun[] = [];

  before(async () => {
    const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#357' } })
      .jpeg()
      .toBuffer();
    const replay = { id: 'clip', expiresAt: Date.now() + 3_600_000, runs };
    pages = await PageBench.open({
      models: {
        list: () => Promise.resolve(modelList()),
        use: () => Promise.reject(new Error('not here')),
        rollBack: () => Promise.reject(new Error('not here')),
      },
      replays: {
        classifier: () => 'x',
        desk: {
          add: () => Promise.resolve(replay),
          get: () => replay,
          picture: () => Promise.resolve(picture),
          remove: () => Promise.resolve(true),
          // As many people in each zone as it has points, so that another shape gives another count.
          run: (_id, request) => {
            const zones = (request.zones ?? []).map(({ id, name, kind, points }) => {
              const people = { ...nobody, mask: points.length };
              return kind === 'line'
                ? { zoneId: id, name, kind, forward: people, backward: nobody }
                : { zoneId: id, name, kind: 'area' as const, people };
            });
            const result = { frames: 20, lengthMs: 4000, people: [], zones };
            runs.push({ request, state: 'done', atMs: 4000, result });
            return Promise.resolve(replay);
          },
        },
      },
    });
    ({ page } = pages);
  });
  after(() => pages.close());
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  const run = async (count: number): Promise<void> => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('columnheader', { name: `Run ${count}` }).waitFor();
  };
  const row = (name: string | RegExp) => page.getByTestId('runs').getByRole('row', { name });

  it('runs a clip with zones that are drawn on its first picture', async () => {
    await page.goto(`${pages.url}/replay/clip`);
    await page.getByRole('img', { name: 'First picture of the clip' }).waitFor();
    await page.getByRole('button', { name: '+ Zone' }).click();
    await page.getByRole('button', { name: '+ Line' }).click();
    await page.getByRole('textbox', { name: 'Name' }).first().fill('Entrance');
    await page.getByRole('textbox', { name: 'Name' }).first().blur();
    // The picture is narrower than its stage: what is drawn lies on the picture.
    const shape = await page.evaluate<readonly number[]>(`(() => {
      const stage = document.querySelector('[data-testid=replay-zones] .stage').getBoundingClientRect();
      const zone = document.querySelector('.zone polygon');
      const { x, y, width, height } = zone.getBBox();
      const at = new DOMPoint(x, y).matrixTransform(zone.getScreenCTM());
      const picture = stage.height * 4 / 3;
      const left = stage.left + (stage.width - picture) / 2;
      return [(at.x - left) / picture, (at.y - stage.top) / stage.height, width / picture, height / stage.height];
    })()`);
    for (const [index, share] of [0.35, 0.3, 0.3, 0.4].entries()) {
      expect(shape[index]).to.be.closeTo(share, 0.005);
    }
    expect(await pages.seriousFindings()).to.deep.equal([]);
    await run(1);
    expect(await row('Entrance: people').innerText()).to.match(/Entrance: people\s+4/);
    expect(await row('Line 1: forward').innerText()).to.match(/Line 1: forward\s+2/);
    expect(runs[0]?.request.zones?.map(({ id, kind }) => `${kind} ${id}`)).to.deep.equal([
      'area entrance',
      'line line-1',
    ]);
  });

  it('shows what other zones change in the counts', async () => {
    await page.getByRole('button', { name: /Add a point after point 2 of Entrance/ }).click();
    await page.getByRole('button', { name: 'Remove Line 1' }).click();
    await run(2);
    expect(await row('Entrance: people').innerText()).to.match(/4\s+5\s*\+1/);
    expect(await row('Line 1: forward').innerText()).to.match(/2\s+–/);
    expect(await row('Zones').innerText()).to.match(/Entrance, Line 1\s+Entrance/);
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('takes the zones of a camera, but not what is hidden there', async () => {
    const square = (x: number) => [
      { x, y: 0.1 },
      { x: x + 0.2, y: 0.1 },
      { x: x + 0.2, y: 0.4 },
    ];
    await pages.http.watch.port.zones.replace('door', [
      { name: 'Till', kind: 'area', anchor: 'bottom', points: square(0.1) },
      { name: 'Desk', kind: 'privacy', anchor: 'centre', points: square(0.6) },
    ]);
    await page.getByLabel('Take the zones of').selectOption('door');
    await page.getByRole('button', { name: 'Remove Till' }).waitFor();
    await run(3);
    expect(runs[2]?.request.zones?.map(({ name, anchor }) => `${name} ${anchor}`)).to.deep.equal([
      'Till bottom',
    ]);
    expect(await row('Till: people').innerText()).to.match(/–\s+–\s+3/);
  });

  it('runs it with another detector and another classifier, and says with which each run was made', async () => {
    const before = runs.length;
    const classifier = page.getByLabel('Mask classifier', { exact: true });
    const offered = await classifier.getByRole('option').allInnerTexts();
    // One that cannot be used is not offered; the one that runs is chosen.
    expect(offered).to.deep.equal(['small', 'my-site-2026-01-02', 'plain', 'bad']);
    expect(await classifier.inputValue()).to.equal('small');
    await page.getByLabel('Face detector').selectOption('face-api-tiny');
    await classifier.selectOption('my-site-2026-01-02');
    await run(before + 1);
    await page.getByLabel('Face detector').selectOption('maskwatch-h');
    await run(before + 2);
    const models = runs.slice(before).map(({ request }) => [request.detector, request.classifier]);
    expect(models).to.deep.equal([
      ['face-api-tiny', 'my-site-2026-01-02'],
      ['maskwatch-h', 'my-site-2026-01-02'],
    ]);
    expect(await row(/^Face detector/).innerText()).to.match(
      /(maskwatch-h\s+){3}face-api-tiny\s+maskwatch-h/,
    );
    expect(await row(/^Mask classifier/).innerText()).to.match(
      /(small\s+){3}my-site-2026-01-02\s+my-site-2026-01-02/,
    );
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });
});
