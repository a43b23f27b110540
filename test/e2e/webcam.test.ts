import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { io } from 'socket.io-client';
import { renderSVG } from 'uqr';
import { awaitEvent, untilAnswer } from '../helpers/await-event.js';
import { en } from '../../client/src/strings/en.js';
import type { SessionView } from '../../server/http/access-api.js';
import type { CameraView } from '../../server/realtime/events.js';
import { brightest } from '../helpers/brightest.js';
import { launchBrowser } from '../helpers/browser.js';
import { hearComplaints } from '../helpers/hear-complaints.js';
import { fakeCameraFile } from '../helpers/media.js';
import { untilOverlay } from '../helpers/overlay-probe.js';
import { type ClientSocket, type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';

describe('a browser webcam', function () {
  this.timeout(180_000);
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let socket: ClientSocket;
  const complaints: string[] = [];
  /** Who only sends is refused the rest, and a camera that nobody sends has no video. */
  const expected = [/^Failed to load resource: .* status of 4(03|04|09|10) /];

  before(async () => {
    server = await startServer(['--no-demo']);
    browser = await launchBrowser(await fakeCameraFile({ people: 2, seconds: 3 }));
    page = await newPage();
    socket = await server.connect();
    await subscribe(socket, { cameras: '*', kinds: ['frame', 'counts', 'camera'] });
  });

  after(async () => {
    socket.close();
    await browser.close();
    await server.dispose();
  });

  afterEach(() => expect(complaints).to.deep.equal([]));

  /** A page in a browser of its own. */
  const newPage = async (): Promise<Page> => {
    const made = await browser.newPage({ locale: 'en' });
    hearComplaints(made, complaints, expected);
    return made;
  };
  const onlyCamera = async (): Promise<string> =>
    (await server.get<{ cameras: CameraView[] }>('/api/cameras')).cameras[0]?.id ?? '';

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
    const viewer = await newPage();
    await viewer.goto(server.url);
    await untilOverlay(viewer, ({ counters }) => counters.presented > 20 && counters.received > 3);
    await viewer.close();
  });

  it('has the people counted in a zone that is drawn on it, live on the page', async () => {
    const id = await onlyCamera();
    const points = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
      { x: 0, y: 1 },
    ];
    const viewer = await newPage();
    await viewer.goto(`${server.url}/camera/${id}`);
    const zones = [{ name: 'Room', kind: 'area', points }];
    expect((await server.send('PUT', `/api/cameras/${id}/zones`, { zones })).status).to.equal(200);
    await viewer
      .getByTestId('zones')
      .getByText(/^[1-9] inside · [1-9]/)
      .waitFor({ timeout: 60_000 });
    await viewer.locator('.zone[data-kind=area][data-occupied=true]').waitFor({ state: 'attached' });
    const stats = viewer.getByTestId('camera-stats');
    const analysed = stats.locator('div', { hasText: en.page.processed }).locator('dd');
    expect(Number((await analysed.innerText()).replaceAll(',', ''))).to.be.above(0);
    await viewer.close();
  });

  it('has its privacy areas blacked out for everybody, by a new session that the page begins by itself', async () => {
    const id = await onlyCamera();
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
    const viewer = await newPage();
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

  /** Waits for a face that was found in what is sent now. */
  const untilFaceFound = async (fresh: ClientSocket): Promise<void> => {
    await subscribe(fresh, { cameras: '*', kinds: ['frame'] });
    await awaitEvent(fresh, 'frame', ({ faces }) => faces.some(({ confirmed }) => confirmed), 60_000);
    fresh.close();
  };

  it('is sent from another device by a link that an admin makes; that device sees nothing else', async () => {
    const id = await onlyCamera();
    const admin = await newPage();
    await admin.goto(`${server.url}/publish/${id}`);
    await admin.getByRole('button', { name: en.access.linkMake }).click();
    const link = await admin.getByTestId('publish-link-address').innerText();
    expect(link.startsWith(`${server.url}/join#`), link).to.equal(true);
    const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(link, { border: 2 }))}`;
    expect(await admin.getByRole('img', { name: en.access.linkQr }).getAttribute('src')).to.equal(picture);
    await admin.close();

    const live = awaitEvent(socket, 'camera', ({ camera }) => camera.status.state === 'live', 30_000);
    const guest = await newPage();
    await guest.goto(link);
    await guest.getByRole('button', { name: en.access.joinSubmit }).click();
    await guest.getByRole('button', { name: en.publish.start }).click();
    await live;
    await untilFaceFound(await server.connect());
    const { caller } = (await (await guest.request.get(`${server.url}/api/session`)).json()) as SessionView;
    expect(caller).to.deep.include({ kind: 'link', may: ['public', 'known', 'publish'] });
    expect((await guest.request.get(`${server.url}/api/cameras`)).status()).to.equal(403);
    expect(await guest.getByRole('button', { name: en.app.addCamera }).count()).to.equal(0);
    const second = await newPage();
    await second.goto(link);
    await second.getByRole('button', { name: en.access.joinSubmit }).click();
    await second.getByText('This link does not work any more.').waitFor();
    await second.close();
    await guest.close();
    await untilAnswer(
      () => server.get<CameraView>(`/api/cameras/${id}`),
      ({ status }) => status.state !== 'live',
    );
  });

  it('is sent by a publisher who signs in', async () => {
    const id = await onlyCamera();
    const password = 'correct horse battery';
    // From here on nobody is let in for sitting at the machine.
    const setUp = await server.send('POST', '/api/setup', { name: 'ada', password });
    const cookie = setUp.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const asAdmin = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(server.url + path, {
        ...init,
        headers: { cookie, origin: server.url, 'content-type': 'application/json' },
      });
    const account = { name: 'pia', password, role: 'publisher', cameras: [id] };
    const added = await asAdmin('/api/users', { method: 'POST', body: JSON.stringify(account) });
    expect(added.status).to.equal(201);

    const sender = await newPage();
    await sender.goto(server.url);
    await sender.getByLabel(en.access.name).fill('pia');
    await sender.getByLabel(en.access.password).fill(password);
    await sender.getByRole('button', { name: en.access.signIn }).click();
    await sender.getByRole('button', { name: en.publish.start }).click();
    await untilAnswer(
      async () => (await (await asAdmin(`/api/cameras/${id}`)).json()) as CameraView,
      ({ status }) => status.state === 'live',
      30_000,
    );
    const options = { transports: ['websocket'], reconnection: false, extraHeaders: { cookie } };
    await untilFaceFound(io(server.url, options));
    expect((await sender.request.get(`${server.url}/api/cameras`)).status()).to.equal(403);
    await sender.close();
  });
});
