import { expect } from 'chai';
import { nobody } from '../../../server/ledger/people-counts.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import { door } from '../../helpers/http-bench.js';
import { PageBench } from '../../helpers/page-bench.js';

const hourMs = 3_600_000;

describe('the pages about the past', function () {
  this.timeout(90_000);
  let bench: PageBench;

  before(async () => {
    bench = await PageBench.open();
    const buckets = createBucketStore(bench.http.db);
    const minute = Math.floor((Date.now() - 5 * hourMs) / 60_000) * 60_000;
    buckets.add('door', minute, { people: { ...nobody, mask: 30, no_mask: 10 }, watchedMs: 60_000 });
    buckets.add('door', minute + 3 * hourMs, { people: { ...nobody, mask: 5 }, watchedMs: 60_000 });
    // The bench's own clock stands still: its report is of that day.
    const then = bench.http.options.history.now();
    buckets.add('door', then, { people: { ...nobody, mask: 3, incorrect: 1 }, watchedMs: 60_000 });
  });
  after(() => bench.close());

  it('show people and compliance over time with the range of each ratio, and give them away as a table', async () => {
    const { page, url } = bench;
    await page.goto(`${url}/history`);
    const table = page.getByRole('table');
    await table.getByRole('row').nth(2).waitFor();
    const cells = await table.getByRole('row').nth(2).getByRole('cell').allTextContents();
    expect(cells).to.deep.equal(['30', '10', '0', '0', '75%', '60% – 86%', '1 min']);
    expect(await page.locator('canvas').count()).to.equal(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).to.equal('maskwatch-counts.csv');
    expect(await bench.seriousFindings()).to.deep.equal([]);
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
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).to.equal(false);
    await page.emulateMedia({ media: 'screen' });
    expect(await bench.seriousFindings()).to.deep.equal([]);
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
