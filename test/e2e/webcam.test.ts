import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { awaitEvent, untilAnswer } from '../helpers/await-event.js';
import type { CameraView } from '../../server/realtime/events.js';
import { brightest } from '../helpers/brightest.js';
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

  it('has its privacy areas blacked out for everybody, by a new session that the page begins by itself', async () => {
    const [camera] = (await server.get<{ cameras: CameraView[] }>('/api/cameras')).cameras;
    const id = camera?.id ?? '';
    const points = [
      { x: 0, y: 0 },
      { x: 0.5, y: 0 },
      { x: 0.5, y: 1 },
      { x: 0, y: 1 },
    ];
    const zones = [{ name: 'Bed', kind: 'privacy', points }];
    expect((await server.send('PUT', `/api/cameras/${id}/zones`, { zones })).status).to.equal(200);
    const { status } = await untilAnswer(
      () => server.get<CameraView>(`/api/cameras/${id}`),
      (view) => view.status.state === 'live' && view.status.video?.privacyAreas === 1,
      60_000,
    );
    expect(status.video?.transcodedBecause).to.equal('privacy areas are blacked out');
    // Nobody has acknowledged the frames of the other socket of late, so it gets no more.
    const fresh = await server.connect();
    await subscribe(fresh, { cameras: '*', kinds: ['frame'] });
    const frame = await awaitEvent(fresh, 'frame', ({ faces }) => faces.some((f) => f.confirmed), 60_000);
    fresh.close();
    for (const { box } of frame.faces) expect(box.x + box.width / 2).to.be.above(0.45 * frame.width);
    const viewer = await browser.newPage();
    await viewer.goto(`${server.url}/camera/${id}`);
    await untilOverlay(viewer, ({ counters }) => counters.presented > 20 && counters.received > 3);
    expect(await brightest(viewer, 0, 0.49)).to.be.below(24);
    expect(await brightest(viewer, 0.51, 1)).to.be.above(100);
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
