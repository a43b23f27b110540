import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { CameraView } from '../../server/realtime/events.js';
import { untilAnswer } from '../helpers/await-event.js';
import { brightest } from '../helpers/brightest.js';
import { launchBrowser } from '../helpers/browser.js';
import { fileUnits } from '../helpers/clip-units.js';
import { faceClip } from '../helpers/media.js';
import { untilOverlay, watchPictures } from '../helpers/overlay-probe.js';
import { RtspServer } from '../helpers/rtsp-server.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';

describe('privacy areas of live video', function () {
  this.timeout(180_000);
  const clip = { width: 640, height: 360, fps: 6, seconds: 5 };
  let camera: RtspServer;
  let server: ServerProcess;
  let browser: Browser;

  before(async () => {
    const path = await faceClip({ ...clip, people: 2, barcode: true });
    camera = await RtspServer.start({ units: await fileUnits(path, clip), fps: clip.fps });
    server = await startServer(['--camera', `door=${camera.url()}`, '--no-demo'], undefined, {
      MASKWATCH_WEBRTC_PLAYOUT_DELAY_MS: '1500',
    });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await server.dispose();
    await camera.close();
  });

  it('are black for viewers, hide faces from the analysis, and leave every timestamp true', async () => {
    const live = (meets: (view: CameraView) => boolean) =>
      untilAnswer(
        () => server.get<CameraView>('/api/cameras/door'),
        (view) => view.status.state === 'live' && meets(view),
        60_000,
      );
    expect((await live(() => true)).status.video).not.to.have.property('privacyAreas');
    // The left half of the picture, above the barcode: the first of the two people.
    const points = [
      { x: 0, y: 0 },
      { x: 0.5, y: 0 },
      { x: 0.5, y: 0.85 },
      { x: 0, y: 0.85 },
    ];
    const zones = [{ name: 'Till', kind: 'privacy', points }];
    expect((await server.send('PUT', '/api/cameras/door/zones', { zones })).status).to.equal(200);
    const { video } = (await live((view) => view.status.video?.privacyAreas === 1)).status;
    expect(video?.transcodedBecause).to.equal('privacy areas are blacked out');

    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await page.goto(`${server.url}/camera/door`);
    await untilOverlay(page, ({ counters }) => counters.exact > 5, 'door');
    await page.getByTestId('privacy-badge').waitFor();
    const shown = await watchPictures(page, 'door', 60);
    const read = shown.filter(({ number }) => number !== null);
    expect(read.length).to.be.at.least(0.9 * shown.length);
    const [first] = read;
    for (const { number, rtpTimestamp } of read) {
      const frames = Math.round(((rtpTimestamp - (first?.rtpTimestamp ?? 0)) >>> 0) / (90_000 / clip.fps));
      expect(number).to.equal(((first?.number ?? 0) + frames) % (clip.fps * clip.seconds));
    }
    for (const { drawn } of shown) {
      for (const { box } of drawn?.boxes ?? []) expect(box.x + box.width / 2).to.be.above(0.5);
    }
    // Some pixels beside the edge are left out: colour has half the resolution there.
    expect(await brightest(page, 0, 0.49)).to.be.below(24);
    expect(await brightest(page, 0.51, 1)).to.be.above(100);

    await page.goto(server.url);
    await page.locator('[data-testid=tile][data-camera=door]').getByTestId('privacy-badge').waitFor();
  });
});
