import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { localOwner } from '../../../server/access/caller.js';
import { createRealtime, type Realtime } from '../../../server/realtime/create-realtime.js';
import { alertOf } from '../../helpers/alerts.js';
import { launchBrowser } from '../../helpers/browser.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { HttpReceiver } from '../../helpers/receivers.js';

const viteConfig = fileURLToPath(new URL('../../../client/vite.config.ts', import.meta.url));

describe('the pages about zones and alerts', function () {
  this.timeout(90_000);
  let folder: string;
  let bench: HttpBench;
  let server: Server;
  let realtime: Realtime;
  let browser: Browser;
  let page: Page;
  let url: string;
  const complaints: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-watch-'));
    const client = join(folder, 'client');
    bench = new HttpBench(join(folder, 'data'), client);
    await build({ configFile: viteConfig, logLevel: 'error', build: { outDir: client, emptyOutDir: true } });
    server = createServer(bench.app);
    realtime = createRealtime(server, {
      journal: bench.journal,
      allow: () => true,
      identify: () => localOwner,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  after(async () => {
    await browser.close();
    await realtime.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const seriousFindings = async (): Promise<string[]> => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

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
    await page.getByRole('button', { name: 'Save the rule' }).click();
    await page.getByTestId('rule').getByText('Masks at the entrance').waitFor();
    const [rule] = bench.watch.port.alerts.desk.rules();
    expect(rule).to.include({ cameraId: 'door', zoneId: 'entrance' });
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
    expect(complaints).to.deep.equal([]);
  });
});
