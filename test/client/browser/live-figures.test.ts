import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { en } from '../../../client/src/strings/en.js';
import type { Health } from '../../../server/http/api.js';
import { nobody } from '../../../server/ledger/people-counts.js';
import type { ZonesEvent } from '../../../server/realtime/events.js';
import { alertOf } from '../../helpers/alerts.js';
import { door, type HttpBench } from '../../helpers/http-bench.js';
import { PageBench } from '../../helpers/page-bench.js';

const t = en.page;
const words = en.watch.zones;

/** A camera of which frames were lost for every reason there is. */
const figures: Health['cameras'][number] = {
  ...{ id: 'door', state: 'live', analysedFps: 7.5, viewers: 3, latencyMs: { p50: 81.4, p95: 143.6 } },
  frames: {
    ...{ received: 12_345, processed: 9_000, lost: 6, waiting: 1 },
    dropped: { rate: 3_000, stale: 210, 'decoder-full': 80, 'no-keyframe': 40, undecodable: 9 },
  },
  effort: { effectiveFps: 10, unmoved: 5, faces: 100, classified: 60 },
};

describe('what the pages tell of a camera as it runs', function () {
  this.timeout(90_000);
  let pages: PageBench;
  let bench: HttpBench;
  let page: Page;
  let cameras: Health['cameras'] = [];

  before(async () => {
    pages = await PageBench.open({
      health: () => ({
        ...{ status: 'ok', problems: [], version: '0.1.0', uptimeSeconds: 1, analysis: [], cameras },
        ...{ eventLoopP99Ms: 1, rssBytes: 1 },
      }),
    });
    ({ http: bench, page } = pages);
  });
  after(() => pages.close());
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  /** Tells what the zones of the camera count now. */
  const tellZones = (told: Pick<ZonesEvent, 'areas' | 'lines'>): void => {
    const { revision } = bench.watch.port.zones.list('door');
    bench.journal.append('zones', 'door', Date.now(), { cameraId: 'door', revision, ...told });
    bench.journal.flush();
  };
  /** The rows of the statistics, name and value. */
  const stats = (): Promise<[string, string][]> =>
    page.evaluate(`[...document.querySelectorAll('[data-testid=camera-stats] > div')].map((row) =>
      [row.querySelector('dt').textContent, row.querySelector('dd').textContent])`);

  it('says that the figures of stream and analysis are not there yet, and shows them when they are', async () => {
    const video = { width: 1280, height: 720, fps: 25, cameraCodec: 'h265', codec: 'h264' } as const;
    const transcodedBecause = 'browsers cannot play H.265';
    const status = { ...door.status, reconnects: 4, video: { ...video, transcodedBecause } };
    bench.cameras.set('door', { ...door, status });
    await page.goto(`${pages.url}/camera/door`);
    await page.getByText(t.statsLoading).waitFor();
    expect(await stats()).to.deep.equal([
      [t.video, '1280×720, 25 fps'],
      [t.codec, 'H265'],
      [en.camera.transcoded, transcodedBecause],
      [t.reconnects, '4'],
    ]);
    cameras = [figures];
    await page.getByText(t.statsLoading).waitFor({ state: 'detached' });
    expect((await stats()).slice(4)).to.deep.equal([
      [t.viewers, '3'],
      [t.analysedFps, '7.5 fps'],
      [t.latency, '81 / 144 ms'],
      [t.received, '12,345'],
      [t.processed, '9,000'],
      [`${t.dropped}: ${t.drop.rate}`, '3,000'],
      [`${t.dropped}: ${t.drop.stale}`, '210'],
      [`${t.dropped}: ${t.drop['decoder-full']}`, '80'],
      [`${t.dropped}: ${t.drop['no-keyframe']}`, '40'],
      [`${t.dropped}: ${t.drop.undecodable}`, '9'],
      [t.lost, '6'],
    ]);
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('counts who is inside each zone and who crossed each line, as it happens', async () => {
    const points = [
      { x: 0.1, y: 0.2 },
      { x: 0.6, y: 0.2 },
      { x: 0.6, y: 0.8 },
    ];
    await bench.watch.port.zones.replace('door', [
      { name: 'Till', kind: 'area', anchor: 'centre', points },
      { name: 'Way in', kind: 'line', anchor: 'centre', points: points.slice(1) },
    ]);
    await page.getByText(words.inside(0)).waitFor();
    const row = (name: string) => page.getByTestId('zones').getByRole('listitem').filter({ hasText: name });
    tellZones({
      areas: [
        {
          ...{
            zoneId: 'till',
            name: 'Till',
            complianceNow: 0.5,
            complianceToday: 0.75,
            meanDwellSeconds: 41.2,
          },
          inside: { ...nobody, mask: 1, no_mask: 1, unknown: 1 },
          today: { ...nobody, mask: 9, no_mask: 3 },
        },
      ],
      lines: [
        {
          ...{ zoneId: 'way-in', name: 'Way in' },
          ...{ forward: { ...nobody, mask: 4 }, backward: { ...nobody, incorrect: 1 } },
        },
      ],
    });
    await row('Till').getByText('3 inside · 12 today · 75% · stays of 41 s').waitFor();
    await row('Way in').getByText('4 forward, 1 backward today').waitFor();
    // On the picture, too: with a look of its own while somebody is inside.
    const area = page.locator('.zone[data-kind=area]');
    expect(await area.textContent()).to.equal('Till · 3');
    expect(await area.getAttribute('data-occupied')).to.equal('true');
    expect(await page.locator('.zone[data-kind=line]').textContent()).to.equal('Way in · 4 → ← 1');
    const alert = alertOf({ alertId: 'z1', zoneId: 'till', zoneName: 'Till' });
    bench.journal.append('alert', 'door', Date.now(), { change: 'raised', alert });
    bench.journal.flush();
    await page.locator('.zone[data-kind=area][data-alerted=true]').waitFor({ state: 'attached' });
    expect(await area.textContent()).to.equal('⚠ Till · 3');
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('draws them on the wall as well', async () => {
    await page.goto(`${pages.url}/?zones=on`);
    const tile = page.locator('[data-camera=door]');
    await tile.waitFor();
    tellZones({
      areas: [
        {
          ...{ zoneId: 'till', name: 'Till', complianceNow: 1, complianceToday: 1, meanDwellSeconds: null },
          ...{ inside: { ...nobody, mask: 2 }, today: { ...nobody, mask: 14 } },
        },
      ],
      lines: [],
    });
    await tile.getByText('Till · 2').waitFor({ state: 'attached' });
    expect(await tile.locator('.zone[data-kind=area]').getAttribute('data-occupied')).to.equal('true');
  });

  it('says on the tile that a camera is re-encoded because of its privacy areas, in every layout', async () => {
    const video = { width: 640, height: 360, fps: 10, cameraCodec: 'h264', codec: 'h264' } as const;
    const masked = { privacyAreas: 2, transcodedBecause: 'privacy areas are blacked out' };
    const camera = { ...door, status: { ...door.status, video: { ...video, ...masked } } };
    bench.cameras.set('side', { ...door, id: 'side', name: 'Side' });
    const badge = page.locator('[data-camera=door]').getByTestId('privacy-badge');
    for (const layout of ['auto', '4']) {
      bench.cameras.set('door', door);
      await page.goto(`${pages.url}/?layout=${layout}`);
      await page.locator('[data-camera=door]').waitFor();
      expect(await badge.count(), layout).to.equal(0);
      // At once, when the areas are drawn while the wall is looked at.
      bench.journal.append('camera', 'door', Date.now(), { change: 'status', camera });
      bench.journal.flush();
      await badge.waitFor();
      expect(await badge.innerText()).to.equal(words.privacyBadge);
      expect(await badge.getAttribute('title')).to.equal(words.privacyHint);
      expect(await page.getByTestId('privacy-badge').count(), layout).to.equal(1);
    }
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });
});
