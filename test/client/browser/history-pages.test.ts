import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import type { CountsHistory } from '../../../server/http/api.js';
import type { ZoneHistory } from '../../../server/http/history-api.js';
import { nobody } from '../../../server/ledger/people-counts.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import { createZoneMinuteStore } from '../../../server/storage/zone-minute-store.js';
import { noZoneDelta } from '../../../server/zones/zone-change.js';
import { untilAnswer } from '../../helpers/await-event.js';
import { door } from '../../helpers/http-bench.js';
import { MailReceiver } from '../../helpers/receivers.js';
import { PageBench } from '../../helpers/page-bench.js';

const hourMs = 3_600_000;

describe('the pages about the past', function () {
  this.timeout(90_000);
  let bench: PageBench;
  let mail: MailReceiver;

  before(async () => {
    bench = await PageBench.open();
    mail = await MailReceiver.startPlain();
    const buckets = createBucketStore(bench.http.db);
    const minute = Math.floor((Date.now() - 5 * hourMs) / 60_000) * 60_000;
    buckets.add('door', minute, { people: { ...nobody, mask: 30, no_mask: 10 }, watchedMs: 60_000 });
    buckets.add('door', minute + 3 * hourMs, { people: { ...nobody, mask: 5 }, watchedMs: 60_000 });
    // The bench's own clock stands still: its report is of that day.
    const zones = createZoneMinuteStore(bench.http.db);
    const key = { cameraId: 'door', zoneId: '', flow: 'entered', minuteAt: minute } as const;
    const watched = { ...noZoneDelta, watchedMs: 60_000 };
    zones.add(key, { ...watched, occupancyMs: 90_000, occupancyMax: 4 });
    zones.add(
      { ...key, zoneId: 'till' },
      {
        ...{ ...watched, people: { ...nobody, mask: 4, no_mask: 1 } },
        ...{ occupancyMs: 30_000, occupancyMax: 2, dwellMs: 100_000, stays: 5 },
      },
    );
    zones.add({ ...key, zoneId: 'till', minuteAt: minute + 2 * hourMs }, watched);
    zones.add({ ...key, zoneId: 'exit', flow: 'forward' }, { ...watched, people: { ...nobody, mask: 2 } });
    const lately = Math.floor(Date.now() / 60_000) * 60_000;
    for (const minutes of [2, 3, 20]) {
      const at = lately - minutes * 60_000;
      buckets.add('door', at, { people: { ...nobody, mask: minutes }, watchedMs: 60_000 });
    }
    const then = bench.http.options.history.now();
    buckets.add('door', then, { people: { ...nobody, mask: 3, incorrect: 1 }, watchedMs: 60_000 });
  });
  after(async () => {
    await bench.close();
    await mail.close();
  });

  it('show people and compliance over time with the range of each ratio, and give them away as a table', async () => {
    const { page, url } = bench;
    await page.goto(`${url}/history`);
    const table = page.getByRole('table');
    await table.getByRole('row').nth(2).waitFor();
    const cells = await table.getByRole('row').last().getByRole('cell').allTextContents();
    expect(cells).to.deep.equal(['30', '10', '0', '0', '75%', '60% – 86%', '1.5', '4', '1 min']);
    expect(await page.locator('canvas').count()).to.equal(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('maskwatch-counts.csv');
    expect(await bench.seriousFindings()).to.deep.equal([]);
  });

  /** Names and cells of the table of figures, row by row, the newest first. */
  const figures = (): Promise<string[][]> =>
    bench.page.evaluate<string[][]>(`[...document.querySelectorAll('table[aria-label=Figures] tbody tr')]
      .map((row) => [...row.cells].map((cell) => cell.textContent))`);
  /** Waits until the table holds these cells, as many of each row as are given. */
  const figuresAre = (...rows: string[][]): Promise<unknown> =>
    untilAnswer(figures, (found) =>
      isDeepStrictEqual(
        found.map((row, at) => row.slice(1, 1 + (rows[at]?.length ?? row.length))),
        rows,
      ),
    );
  const choose = async (name: string, value: string): Promise<void> => {
    await bench.page.getByRole('combobox', { name, exact: true }).selectOption(value);
  };
  /** What the chart says of itself to those who do not see it. */
  const chart = (words: string | RegExp) => bench.page.getByRole('img', { name: words });

  /** Share of the chart's columns of pixels that hold some of a bar. */
  const filled = (): Promise<number> =>
    bench.page.evaluate<number>(`(() => {
        const canvas = document.querySelector('.trend-large canvas');
        const { width, height } = canvas;
        const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
        const bar = getComputedStyle(canvas).getPropertyValue('--chart-bar').trim();
        const probe = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
        probe.fillStyle = bar;
        probe.fillRect(0, 0, 1, 1);
        const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
        let columns = 0;
        for (let x = 0; x < width; x++) {
          for (let y = 0; y < height; y++) {
            const at = 4 * (y * width + x);
            if (data[at] === r && data[at + 1] === g && data[at + 2] === b && data[at + 3] === 255) {
              columns++;
              break;
            }
          }
        }
        return columns / width;
      })()`);

  it('show how full a zone was and how long people stayed in it, with its gaps', async () => {
    const { page, url } = bench;
    await page.goto(`${url}/history`);
    await choose('Camera', 'door');
    await choose('Place', 'till');
    await page.getByRole('columnheader', { name: 'Mean stay' }).waitFor();
    await figuresAre(
      ['0', '0', '0', '0', '–', '–', '0', '0', '–', '1 min'],
      ['4', '1', '0', '0', '80%', '38% – 96%', '0.5', '2', '20 s', '1 min'],
    );
    await chart(/^Line: compliance. Bars: people, at most 5\./).waitFor();
    await choose('Chart', 'occupancy');
    await page.getByRole('heading', { name: 'Occupancy' }).waitFor();
    await chart(/at most 2\. A gap: not watched\.$/).waitFor();
    expect(await bench.seriousFindings()).to.deep.equal([]);
    await choose('Chart', 'dwell');
    await chart(/at most 20 s\. A gap: nobody left\.$/).waitFor();
    expect(await page.locator('canvas').count()).to.equal(1);
    // Nobody is inside a line: its chart is that of people again, and there is no other.
    await choose('Place', 'exit →');
    await chart(/^Line: compliance/).waitFor();
    await figuresAre(['2', '0', '0', '0', '100%', '34% – 100%', '1 min']);
    expect(await page.getByRole('combobox', { name: 'Chart' }).count()).to.equal(0);
  });

  it('go from a year to the minutes of the last hour', async () => {
    const { page, url } = bench;
    await page.goto(`${url}/history`);
    await choose('Time', 'year');
    await untilAnswer(figures, ([row]) => /^[A-Z][a-z]+day, /.test(row?.[0] ?? ''));
    const steps = page.getByRole('combobox', { name: 'By', exact: true }).getByRole('option');
    expect(await steps.allTextContents()).to.deep.equal(['Day']);
    await choose('Time', 'hour');
    await figuresAre(['2'], ['3'], ['20']);
    expect(await steps.allTextContents()).to.deep.equal(['Minute']);
    // Three minutes of sixty were watched: where the others were, the chart is empty.
    expect(await filled()).to.be.within(0.01, 0.3);
    await choose('Time', 'day');
    await choose('By', 'minute');
    await figuresAre(['2'], ['3'], ['20'], ['5'], ['30']);
    expect(bench.complaints).to.deep.equal([]);
  });

  it('give the figures of a place away as JSON, and leave that in the audit log', async () => {
    const { page, url } = bench;
    await page.goto(`${url}/history`);
    const download = async (): Promise<{ name: string; content: unknown }> => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download JSON' }).click(),
      ]);
      return {
        name: file.suggestedFilename(),
        content: JSON.parse(await readFile(await file.path(), 'utf8')),
      };
    };
    const counts = await download();
    expect(counts.name).to.equal('maskwatch-counts.json');
    expect((counts.content as CountsHistory).bucket).to.equal('hour');
    await choose('Camera', 'door');
    await choose('Place', 'till');
    await page.getByRole('columnheader', { name: 'Mean stay' }).waitFor();
    const zones = await download();
    expect(zones.name).to.equal('maskwatch-zones.json');
    expect((zones.content as ZoneHistory).buckets.some(({ dwellSeconds }) => dwellSeconds === 20)).to.equal(
      true,
    );
    const actions = bench.http.options.audit.read({ limit: 100 }).map(({ action }) => action);
    expect(actions).to.include.members(['GET /api/counts.json', 'GET /api/zones/history.json']);
    expect(actions).to.include('GET /api/counts.csv');
  });

  it('say that nothing was watched rather than show nothing', async () => {
    const { page } = bench;
    bench.http.cameras.set('hall', { ...door, id: 'hall', name: 'Hall' });
    await page.goto(`${bench.url}/history`);
    await page.getByRole('combobox', { name: 'Camera' }).selectOption('hall');
    await page.getByText('Nothing was watched in this time.').waitFor();
  });

  it('put a day on paper', async () => {
    const { page } = bench;
    await page.goto(`${bench.url}/report`);
    await page.getByTestId('report-compliance').getByText('75%').waitFor();
    expect(await page.getByRole('rowheader', { name: 'Door' }).count()).to.equal(1);
    expect(await page.getByRole('columnheader', { name: 'Most inside' }).count()).to.equal(2);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).to.equal(false);
    await page.emulateMedia({ media: 'screen' });
    expect(await bench.seriousFindings()).to.deep.equal([]);
  });

  it('send the report of a day to those who get it by mail', async () => {
    const { page } = bench;
    await page.goto(`${bench.url}/report`);
    bench.expectRefusal(409, '/api/reports/daily/send');
    await page.getByRole('button', { name: 'Send by e-mail' }).click();
    await page.getByRole('status').getByText('Nobody gets the daily report').waitFor();
    await page.goto(`${bench.url}/sinks`);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('Boss');
    await page.getByLabel('Kind').selectOption('email');
    await page.getByLabel('Mail server').fill('127.0.0.1');
    await page.getByLabel('Port', { exact: true }).fill(String(mail.port));
    await page.getByLabel('Encryption').selectOption('none');
    await page.getByLabel('From', { exact: true }).fill('maskwatch@example.org');
    await page.getByLabel(/^To \(/).fill('boss@example.org');
    await page.getByLabel('Send the report of the day before, every day').check();
    await page.getByLabel('At (time of the server)').fill('06:30');
    expect(await bench.seriousFindings()).to.deep.equal([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByTestId('sink').getByText('Boss').waitFor();
    await page.goto(`${bench.url}/report`);
    await page.getByRole('button', { name: 'Send by e-mail' }).click();
    await page.getByRole('status').getByText('It is on its way to 1 mail sink.').waitFor();
    expect(await mail.until(1)).to.match(/Report[ _]of[ _]2023-11-1/);
  });

  it('tell people in front of the cameras what is kept, and for how long', async () => {
    const { page } = bench;
    await page.goto(`${bench.url}/notice`);
    await page.getByRole('heading', { name: 'People are counted here' }).waitFor();
    await page.getByText('the state of the mask: 90 days').waitFor();
    expect(await bench.seriousFindings()).to.deep.equal([]);
    expect(bench.complaints).to.deep.equal([]);
  });
});
