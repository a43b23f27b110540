import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { awaitEvent, untilAnswer } from '../helpers/await-event.js';
import type { CameraView } from '../../server/realtime/events.js';
import { launchBrowser } from '../helpers/browser.js';
import { fakeCameraFile } from '../helpers/media.js';
import { untilOverlay } from '../helpers/overlay-probe.js';
import { type ClientSocket, type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';

describe('a browser webcam', function () {
  this.timeout(180_000);
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let socket: ClientSocket;

  before(async () => {
    server = await startServer(['--no-demo']);
    browser = await launchBrowser(await fakeCameraFile({ people: 2, seconds: 3 }));
    page = await browser.newPage();
    socket = await server.connect();
    await subscribe(socket, { cameras: '*', kinds: ['frame', 'counts', 'camera'] });
  });

  after(async () => {
    socket.close();
    await browser.close();
    await server.dispose();
  });

  it('is sent with two clicks', async () => {
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Use this webcam' }).first().click();
    await page.getByRole('button', { name: 'Start sending' }).click();
    const event = await awaitEvent(socket, 'camera', ({ camera }) => camera.status.state === 'live');
    expect(event.camera.kind).to.equal('webcam');
  });

  it('has its people found and counted', async () => {
    const frame = await awaitEvent(
      socket,
      'frame',
      ({ faces }) => faces.filter((f) => f.confirmed).length >= 2,
      90_000,
    );
    expect(frame.height).to.be.at.least(180);
    const counts = await awaitEvent(
      socket,
      'counts',
      ({ inView }) => inView.mask + inView.no_mask + inView.incorrect + inView.unknown >= 2,
      90_000,
    );
    expect(counts.cameraId).to.equal(frame.cameraId);
  });

  it('is played to another page, with the boxes on it', async () => {
    const viewer = await browser.newPage();
    await viewer.goto(server.url);
    await untilOverlay(viewer, ({ counters }) => counters.presented > 20 && counters.received > 3);
    await viewer.close();
  });

  it('is noticed at once when the page goes away', async () => {
    await page.close({ runBeforeUnload: false });
    const { cameras } = await untilAnswer(
      () => server.get<{ cameras: CameraView[] }>('/api/cameras'),
      (answer) => answer.cameras[0]?.status.state !== 'live',
    );
    expect(cameras[0]?.status.reason).not.to.equal('');
  });
});
