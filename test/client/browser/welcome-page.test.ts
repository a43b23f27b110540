import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { ProbeResult } from '../../../server/http/api.js';
import type { HttpBench } from '../../helpers/http-bench.js';
import { PageBench } from '../../helpers/page-bench.js';

describe('the first steps after set-up', function () {
  this.timeout(90_000);
  let pages: PageBench;
  let bench: HttpBench;
  let page: Page;
  let url: string;
  let probe: ProbeResult;

  before(async () => {
    pages = await PageBench.open({ probe: () => Promise.resolve(probe) });
    ({ http: bench, page, url } = pages);
    bench.cameras.clear();
  });
  after(() => pages.close());
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  const step = (name: string) => page.locator(`[data-testid=welcome-page][data-step=${name}]`);

  it('are offered on the wall, and begin with a camera whose address is tried at once', async () => {
    await page.goto(url);
    await page.getByTestId('first-steps').getByRole('link', { name: 'Begin' }).click();
    await step('camera').waitFor();
    expect(await pages.seriousFindings()).to.deep.equal([]);
    probe = { ok: false, summary: 'The camera refuses user and password (401).' };
    await page.getByLabel('Name').fill('Hall');
    await page.getByLabel('Address').fill('rtsp://10.0.0.9/1');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('The camera refuses user and password (401).').waitFor();
    expect(bench.cameras.size).to.equal(0);
    probe = { ok: true, summary: '640x360, 15 fps, H.264, works' };
    await page.getByLabel('Address').fill('rtsp://10.0.0.9/2');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('heading', { name: 'Is this the right picture for Hall?' }).waitFor();
    expect(await page.getByTestId('stage').count()).to.equal(1);
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('take an address back that shows the wrong picture', async () => {
    await page.getByRole('button', { name: 'No, another address' }).click();
    await page.getByLabel('Name').fill('Hall');
    expect(bench.cameras.size).to.equal(0);
    await page.getByLabel('Address').fill('rtsp://10.0.0.9/3');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await step('zone').waitFor();
    const heading = await page.evaluate<string>('document.activeElement.textContent');
    expect(heading).to.equal('Where are people to be counted?');
  });

  it('go on where they stood, in another visit', async () => {
    await page.goto(url);
    await page.getByTestId('first-steps').getByText('Next: A zone').waitFor();
    expect(await pages.seriousFindings()).to.deep.equal([]);
    await page.getByRole('link', { name: 'Go on' }).click();
    await step('zone').waitFor();
    await page.getByRole('button', { name: 'Draw zones' }).click();
    await page.getByRole('button', { name: '+ Zone' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Entrance');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('0 inside').waitFor();
    expect(await pages.seriousFindings()).to.deep.equal([]);
    await page.getByRole('button', { name: 'Next' }).click();
    await step('alert').waitFor();
  });

  it('end with an alert for the zone, and are not shown again', async () => {
    await page.getByLabel('Zone', { exact: true }).waitFor();
    expect(await page.getByLabel('Zone', { exact: true }).inputValue()).to.equal('entrance');
    await page.getByRole('radio', { name: /Too many people/ }).check();
    expect(await pages.seriousFindings()).to.deep.equal([]);
    await page.getByRole('button', { name: 'Make this alert' }).click();
    await page.getByRole('heading', { name: 'All is set up' }).waitFor();
    const [rule] = bench.watch.port.alerts.desk.rules();
    expect(rule).to.deep.include({ zoneId: 'entrance', name: 'Too many people: Hall', sinks: '*' });
    await page.goto(url);
    await page.getByTestId('tile').waitFor();
    expect(await page.getByTestId('first-steps').count()).to.equal(0);
  });

  it('can be skipped one by one, and dismissed', async () => {
    bench.options.onboarding.set({ step: 'zone', cameraId: [...bench.cameras.keys()][0] ?? '' });
    await page.goto(`${url}/welcome`);
    await page.getByRole('button', { name: 'Skip this step' }).click();
    await step('alert').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await step('zone').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Go on with Hall' }).waitFor();
    await page.getByRole('link', { name: 'Go on later' }).click();
    await page.getByRole('button', { name: 'Do not show again' }).click();
    await page.getByTestId('first-steps').waitFor({ state: 'detached' });
    expect(bench.options.onboarding.get()).to.deep.equal({ step: 'done' });
  });
});
