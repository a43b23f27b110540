import { expect } from 'chai';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { alertOf } from '../../helpers/alerts.js';
import { door, type HttpBench } from '../../helpers/http-bench.js';
import { PageBench } from '../../helpers/page-bench.js';
import { HttpReceiver } from '../../helpers/receivers.js';

describe('the pages about zones and alerts', function () {
  this.timeout(90_000);
  let pages: PageBench;
  let bench: HttpBench;
  let page: Page;
  let url: string;

  before(async () => {
    pages = await PageBench.open();
    ({ http: bench, page, url } = pages);
  });
  after(() => pages.close());
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  const seriousFindings = (): Promise<string[]> => pages.seriousFindings();

  it('draw a zone by keyboard and pointer, undo a step, and keep it', async () => {
    await page.goto(`${url}/camera/door`);
    await page.getByRole('button', { name: 'Draw zones' }).click();
    await page.getByRole('button', { name: '+ Zone' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Entrance');
    await page.getByRole('textbox', { name: 'Name' }).blur();
    const corner = page.getByRole('button', { name: /^Point 1 of Entrance/ });
    await corner.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Point 1 of Entrance, 31 %' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Point 1 of Entrance, 33 %' }).waitFor();
    const box = await corner.boundingBox();
    if (box === null) throw new Error('the point is not on the screen');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x - 60, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: /Add a point after point 2/ }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('0 inside').waitFor();
    const [zone] = bench.watch.port.zones.list('door').zones;
    expect(zone).to.include({ id: 'entrance', name: 'Entrance', kind: 'area' });
    expect(zone?.points).to.have.length(5);
    expect(zone?.points[0]?.x).to.be.below(0.3);
    expect(await seriousFindings()).to.deep.equal([]);
  });

  it('say what is wrong with a shape', async () => {
    await page.getByRole('button', { name: 'Draw zones' }).click();
    await page.getByRole('button', { name: '+ Privacy area' }).click();
    pages.expectRefusal(400, '/api/cameras/door/zones');
    await page.getByRole('textbox', { name: 'Name' }).nth(1).fill('entrance');
    await page.getByRole('textbox', { name: 'Name' }).nth(1).blur();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').getByText('is used twice').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('make a rule for a zone', async () => {
    await page.goto(`${url}/rules`);
    await page.getByRole('button', { name: 'New rule' }).click();
    await page.getByLabel('Name').fill('Masks at the entrance');
    await page.getByLabel('What is wrong').selectOption('unmasked-person');
    await page.getByLabel('Camera', { exact: true }).selectOption('door');
    await page.getByLabel('Zone', { exact: true }).selectOption('entrance');
    expect(await seriousFindings()).to.deep.equal([]);
    await page.getByLabel(/Keep a picture of the moment/).check();
    await page.getByRole('button', { name: 'Save the rule' }).click();
    await page.getByTestId('rule').getByText('Masks at the entrance').waitFor();
    const [rule] = bench.watch.port.alerts.desk.rules();
    expect(rule).to.include({ cameraId: 'door', zoneId: 'entrance', picture: true });
  });

  it('show an alert the moment it comes, and acknowledge it with a note', async () => {
    await page.goto(`${url}/`);
    await page.getByTestId('tile').waitFor();
    const alert = alertOf({ zoneName: 'Entrance' });
    bench.journal.putAlert(alert);
    bench.journal.append('alert', 'door', Date.now(), { change: 'raised', alert });
    bench.journal.flush();
    await page.getByTestId('alert-strip').getByText('Masks at the door').click();
    await page.getByTestId('alert').waitFor();
    expect(await seriousFindings()).to.deep.equal([]);
    await page.getByLabel('Note (optional)').fill('on my way');
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('Acknowledged by local: on my way').waitFor();
  });

  it('show the picture of an alert when it is asked for, and when it is deleted', async () => {
    const taken = Date.parse('2026-03-10T12:00:00Z');
    const facts = { takenAt: taken, deletedAt: taken + 24 * 3_600_000, width: 64, height: 36, blurred: true };
    const jpeg = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#446' } })
      .jpeg()
      .toBuffer();
    bench.pictures.set('a1', { cameraId: 'door', jpeg });
    bench.journal.putAlert(alertOf({ picture: facts }));
    bench.journal.flush();
    await page.goto(`${url}/alerts`);
    const asked = page.waitForResponse(/\/api\/alerts\/a1\/picture$/);
    expect(await page.getByRole('img', { name: /^Door/ }).count()).to.equal(0);
    await page.getByRole('button', { name: 'Show the picture' }).click();
    expect((await asked).headers()['cache-control']).to.equal('no-store');
    await page.getByRole('img', { name: /^Door, 3\/10\/26/ }).waitFor();
    await page.getByText(/Faces were made unrecognisable .* Deleted on 3\/11\/26/).waitFor();
    expect(await seriousFindings()).to.deep.equal([]);
    await page.getByRole('button', { name: 'Hide the picture' }).click();
    pages.expectRefusal(404, '/api/alerts/a1/picture');
    bench.pictures.clear();
    await page.getByRole('button', { name: 'Show the picture' }).click();
    await page.getByText('No picture is kept with this alert, or no longer.').waitFor();
  });

  it('say that a camera only counts, and ask for no video of it', async () => {
    const before = bench.opened.length;
    bench.cameras.set('door', { ...door, countsOnly: true });
    await page.goto(`${url}/camera/door`);
    await page.getByTestId('counts-only-badge').first().waitFor();
    await page.getByTestId('stage-cover').getByText('This camera only counts').waitFor();
    expect(bench.opened.length).to.equal(before);
    expect(await seriousFindings()).to.deep.equal([]);
    bench.cameras.set('door', door);
  });

  it('try a webhook before it is kept', async () => {
    const receiver = await HttpReceiver.start();
    await page.goto(`${url}/sinks`);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByLabel('Name').fill('Hook');
    await page.getByLabel('Address').fill(receiver.url);
    await page.getByLabel(/^Secret/).fill('sixteen letters and more');
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByTestId('test-result').getByText('HTTP 204').waitFor();
    expect(await seriousFindings()).to.deep.equal([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByTestId('sink').getByText('Hook', { exact: true }).waitFor();
    await receiver.close();
  });

  it('choose who is told of a rule', async () => {
    await page.goto(`${url}/rules`);
    await page.getByTestId('rule').getByText('Told to all').waitFor();
    await page.getByRole('button', { name: 'Change Masks at the entrance' }).click();
    await page.getByLabel('Only these').check();
    expect(await page.getByLabel('Hook', { exact: true }).isChecked()).to.equal(true);
    await page.getByLabel('Hook', { exact: true }).uncheck();
    await page.locator('.rule-sinks').getByText('Told to nobody').waitFor();
    await page.getByLabel('Hook', { exact: true }).check();
    expect(await seriousFindings()).to.deep.equal([]);
    await page.getByRole('button', { name: 'Save the rule' }).click();
    await page.getByTestId('rule').getByText('Told to Hook').waitFor();
    const [sink] = bench.watch.port.sinks.list();
    expect(bench.watch.port.alerts.desk.rules()[0]?.sinks).to.deep.equal([sink?.sinkId]);
  });

  it('show why messages do not arrive, send them again and forget them', async () => {
    const receiver = await HttpReceiver.start();
    receiver.answers = [422, 503]; // stays 503 until told otherwise
    const [sink] = bench.watch.port.sinks.list();
    if (sink === undefined) throw new Error('there is no sink');
    await bench.watch.port.sinks.change(sink.sinkId, {
      ...{ name: 'Hook', enabled: true },
      settings: { kind: 'webhook', url: receiver.url },
    });
    const raise = (alertId: string): void => {
      const alert = alertOf({ alertId, ruleName: `Rule ${alertId}` });
      bench.journal.append('alert', 'door', Date.now(), { change: 'raised', alert });
      bench.journal.flush();
    };
    await page.goto(`${url}/outbox`);
    raise('m1');
    await receiver.until(1);
    raise('m2');
    raise('m3');
    await receiver.until(2);
    const message = (name: string) => page.getByTestId('message').filter({ hasText: `Rule ${name}` });
    await message('m1').getByText('HTTP 422').waitFor();
    await message('m2').getByText('next try').waitFor();
    await message('m2').getByText('503').waitFor();
    expect(await seriousFindings()).to.deep.equal([]);
    await message('m3').getByRole('button', { name: 'Forget' }).click();
    await message('m3').waitFor({ state: 'detached' });
    receiver.answers = [204];
    await message('m2').getByRole('button', { name: 'Try now' }).click();
    await message('m2').waitFor({ state: 'detached' });
    const before = receiver.posted.length;
    await page.getByRole('button', { name: 'Send again what was given up' }).click();
    await receiver.until(before + 1);
    await page.getByTestId('outbox').getByText('Nothing here.').waitFor();
    await page.getByLabel('Show').selectOption('sent');
    await message('m1').waitFor();
    expect(await message('m3').count()).to.equal(0);
    await receiver.close();
  });
});
