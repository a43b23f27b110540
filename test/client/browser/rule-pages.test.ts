import { expect } from 'chai';
import { connectAsync } from 'mqtt';
import type { Page } from 'playwright-core';
import { en } from '../../../client/src/strings/en.js';
import type { AlertRule } from '../../../server/http/alert-api.js';
import type { HttpBench } from '../../helpers/http-bench.js';
import { PageBench } from '../../helpers/page-bench.js';
import { Broker, MailReceiver } from '../../helpers/receivers.js';

const t = en.watch.alerts;
const words = en.watch.sinks;

describe('the forms for rules and for who is told', function () {
  this.timeout(90_000);
  let pages: PageBench;
  let bench: HttpBench;
  let page: Page;

  before(async () => {
    pages = await PageBench.open();
    ({ http: bench, page } = pages);
  });
  after(() => pages.close());
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  const field = (label: string) => page.getByLabel(label, { exact: true });
  const fill = async (values: Readonly<Record<string, string>>): Promise<void> => {
    for (const [label, value] of Object.entries(values)) await field(label).fill(value);
  };
  const saveRule = async (name: string): Promise<AlertRule | undefined> => {
    await page.getByRole('button', { name: t.saveRule }).click();
    await page.getByTestId('rule').filter({ hasText: name }).waitFor();
    return bench.watch.port.alerts.desk.rules().find((rule) => rule.name === name);
  };

  /** Every number of a rule about a share, by its field. */
  const numbers = {
    [t.share]: '37.5',
    [t.clearShare]: '20',
    [t.atLeast]: '6',
    [t.window]: '120',
    [t.forSeconds]: '20',
    [t.clearAfter]: '45',
    [t.cooldown]: '900',
    [t.digest]: '15',
  };
  const hours = { [t.from]: '21:30', [t.to]: '05:45' };

  it('make a rule with both limits, how long each must last, rest, digest and quiet hours', async () => {
    await page.goto(`${pages.url}/rules`);
    await page.getByRole('button', { name: t.addRule }).click();
    await field(t.ruleName).fill('Too many without');
    await field(t.what).selectOption('share-unmasked');
    await field(t.severityLabel).selectOption('critical');
    await field(t.where).selectOption('door');
    await fill(numbers);
    await field(t.incorrect).uncheck();
    await field(t.quietHours).check();
    await fill(hours);
    expect(await pages.seriousFindings()).to.deep.equal([]);
    const timeZone = await page.evaluate<string>('Intl.DateTimeFormat().resolvedOptions().timeZone');
    expect(await saveRule('Too many without')).to.deep.include({
      ...{ enabled: true, severity: 'critical', cameraId: 'door', incorrectCounts: false, sinks: '*' },
      condition: {
        ...{ kind: 'share-unmasked', share: 0.375, clearShare: 0.2, atLeastPeople: 6 },
        ...{ windowSeconds: 120, forSeconds: 20 },
      },
      ...{ clearAfterSeconds: 45, cooldownSeconds: 900, digestMinutes: 15 },
      quietHours: { from: '21:30', to: '05:45', timeZone },
    });
  });

  it('show a rule as it is stored, and keep what is not touched', async () => {
    const [before] = bench.watch.port.alerts.desk.rules();
    await page.getByRole('button', { name: t.editRule('Too many without') }).click();
    for (const [label, value] of Object.entries({ ...numbers, ...hours })) {
      expect(await field(label).inputValue(), label).to.equal(value);
    }
    expect(await field(t.incorrect).isChecked()).to.equal(false);
    await field(t.ruleName).fill('Renamed');
    expect(await saveRule('Renamed')).to.deep.equal({ ...before, name: 'Renamed' });
    await page.getByRole('button', { name: t.editRule('Renamed') }).click();
    await field(t.quietHours).uncheck();
    await field(t.clearShare).fill('');
    const after = await saveRule('Renamed');
    expect(after).not.to.have.property('quietHours');
    expect(after?.condition).not.to.have.property('clearShare');
  });

  it('say why a rule is not taken, and keep what was typed', async () => {
    await page.getByRole('button', { name: t.editRule('Renamed') }).click();
    pages.expectRefusal(400, '/api/alert-rules/[^/]+');
    await fill({ [t.share]: '30', [t.clearShare]: '40' });
    await page.getByRole('button', { name: t.saveRule }).click();
    await page.getByRole('alert').getByText('must not be above the share').waitFor();
    expect(await field(t.clearShare).inputValue()).to.equal('40');
    expect(await pages.seriousFindings()).to.deep.equal([]);
    await page.getByRole('button', { name: words.cancel }).click();
  });

  it('make a rule for a camera that is down, and one for too many people', async () => {
    await page.getByRole('button', { name: t.addRule }).click();
    await field(t.ruleName).fill('No video');
    await field(t.what).selectOption('camera-down');
    await field(t.forSeconds).fill('60');
    // What is about people says nothing of a camera without video.
    for (const label of [t.share, t.limit, t.incorrect, en.privacy.rulePicture]) {
      expect(await field(label).count(), label).to.equal(0);
    }
    expect(await pages.seriousFindings()).to.deep.equal([]);
    const down = await saveRule('No video');
    expect(down).to.deep.include({ cameraId: '*', condition: { kind: 'camera-down', forSeconds: 60 } });
    await page.getByRole('button', { name: t.addRule }).click();
    await field(t.ruleName).fill('Full');
    await field(t.what).selectOption('occupancy');
    await fill({ [t.limit]: '12', [t.clearLimit]: '9', [t.forSeconds]: '5' });
    expect((await saveRule('Full'))?.condition).to.deep.equal({
      ...{ kind: 'occupancy', limit: 12, clearLimit: 9, forSeconds: 5 },
    });
  });

  it('try a broker, keep it, and from then on Home Assistant knows of the cameras', async () => {
    const broker = await Broker.start();
    const home = await connectAsync(broker.url);
    const told = new Map<string, string>();
    const discovered = new Promise<void>((resolve) =>
      home.on('message', (topic, payload) => {
        told.set(topic, payload.toString());
        const isKnown = told.has('homeassistant/sensor/my_site_door_people/config');
        if (isKnown && told.get('my/site/status') === 'online') resolve();
      }),
    );
    await home.subscribeAsync('#');
    await page.goto(`${pages.url}/sinks`);
    await page.getByRole('button', { name: words.add, exact: true }).click();
    await field(words.name).fill('Home');
    await field(words.what).selectOption('mqtt');
    await fill({ [words.url]: broker.url, [words.topic]: 'my/site' });
    expect(await field(words.discovery).isChecked()).to.equal(true);
    await page.getByRole('button', { name: words.test }).click();
    await page.locator('[data-testid=test-result].notice-good').waitFor();
    expect(await pages.seriousFindings()).to.deep.equal([]);
    expect([...told.keys()]).to.deep.equal(['my/site/test']);
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await discovered;
    await page.reload();
    await page
      .getByTestId('sink')
      .filter({ hasText: 'Home' })
      .getByText(words.connected, { exact: true })
      .waitFor();
    await page.getByRole('button', { name: words.remove('Home') }).click();
    await page.getByText(words.none).waitFor();
    await home.endAsync(true);
    await broker.close();
  });

  it('try a mail server: what arrives, and why nothing does', async () => {
    const mail = await MailReceiver.startPlain();
    await page.getByRole('button', { name: words.add, exact: true }).click();
    await field(words.name).fill('Boss');
    await field(words.what).selectOption('email');
    await fill({ [words.host]: '127.0.0.1', [words.port]: String(mail.port) });
    await field(words.security).selectOption('none');
    await fill({ [words.sender]: 'maskwatch@example.org', [words.recipients]: 'boss@example.org' });
    await page.getByRole('button', { name: words.test }).click();
    expect(await mail.until(1)).to.contain('To: boss@example.org');
    await page.locator('[data-testid=test-result].notice-good').waitFor();
    await mail.close();
    await page.getByRole('button', { name: words.test }).click();
    const result = page.locator('[data-testid=test-result].notice-bad');
    expect(await result.innerText()).to.match(/failed after \d+ ms: .*ECONNREFUSED/);
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });
});
