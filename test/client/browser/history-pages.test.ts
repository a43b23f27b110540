import { expect } from 'chai';
import { nobody } from '../../../server/ledger/people-counts.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
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

  it('send the report of a day to those who get it by mail', async () => {
    const { page } = bench;
    await page.goto(`${bench.url}/report`);
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
