import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../helpers/browser.js';
import { fileUnits } from '../helpers/clip-units.js';
import { faceScene } from '../helpers/face-scene.js';
import { faceClip } from '../helpers/media.js';
import { type ShownPicture, untilOverlay, watchPictures } from '../helpers/overlay-probe.js';
import { RtspServer } from '../helpers/rtsp-server.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';

describe('the overlay of live video', function () {
  this.timeout(180_000);
  const clip = { width: 640, height: 360, fps: 6, seconds: 5 };
  const ticksPerFrame = 90_000 / clip.fps;
  const framesInClip = clip.fps * clip.seconds;
  let camera: RtspServer;
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let shown: ShownPicture[];

  before(async () => {
    const path = await faceClip({ ...clip, people: 2, barcode: true });
    camera = await RtspServer.start({ units: await fileUnits(path, clip), fps: clip.fps });
    // A long delay, so that a machine that is busy with other things does not decide the result.
    server = await startServer(['--camera', `door=${camera.url()}`, '--no-demo'], undefined, {
      MASKWATCH_WEBRTC_PLAYOUT_DELAY_MS: '1500',
    });
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await page.goto(`${server.url}/camera/door`);
    await untilOverlay(page, ({ counters }) => counters.exact > 10, 'door');
    shown = await watchPictures(page, 'door', 120);
  });

  after(async () => {
    await browser.close();
    await server.dispose();
    await camera.close();
  });

  it('plays pictures under the RTP timestamps that they were sent with', () => {
    const read = shown.filter(({ number }) => number !== null);
    expect(read.length, 'pictures whose barcode could be read').to.be.at.least(0.9 * shown.length);
    const [first] = read;
    for (const { number, rtpTimestamp } of read) {
      const frames = ((rtpTimestamp - (first?.rtpTimestamp ?? 0)) >>> 0) / ticksPerFrame;
      const expected = ((first?.number ?? 0) + Math.round(frames)) % framesInClip;
      expect(number).to.equal(expected);
    }
  });

  it('draws on at least 95 % of the pictures the boxes of that very picture', () => {
    const exact = shown.filter(
      ({ drawn, rtpTimestamp }) => drawn?.basis === 'exact' && drawn.rtpTimestamp === rtpTimestamp,
    );
    expect(exact.length / shown.length).to.be.at.least(0.95);
  });

  it('is never off by more than one analysed frame', () => {
    for (const { drawn } of shown)
      expect(drawn?.basis).to.be.oneOf(['exact', 'interpolated', 'extrapolated']);
  });

  it('puts the boxes where the faces are in the picture that the viewer sees', async () => {
    const scene = await faceScene(clip.width, clip.height, 2);
    const distances = shown.flatMap(({ number, drawn }) => {
      if (number === null || drawn === null) return [];
      return scene.people(number / clip.fps).map(({ box }) => {
        const offsets = drawn.boxes.map(({ box: seen }) => {
          const x = (seen.x + seen.width / 2) * clip.width - (box.x + box.width / 2);
          const y = (seen.y + seen.height / 2) * clip.height - (box.y + box.height / 2);
          return Math.hypot(x, y) / box.width;
        });
        return Math.min(Infinity, ...offsets);
      });
    });
    distances.sort((a, b) => a - b);
    expect(distances[Math.floor(distances.length * 0.95)], '95th percentile, in face widths').to.be.below(
      0.4,
    );
  });

  it('has the zones on the picture, too, where that does not fill the screen', async () => {
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([x, y]) => ({ x, y }));
    await server.send('PUT', '/api/cameras/door/zones', {
      zones: [{ name: 'All', kind: 'area', points: corners }],
    });
    await page.locator('.zone polygon').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Full screen' }).click();
    // The zone of the whole picture lies where `object-fit: contain` puts the picture of a 5:4 screen.
    const zone = await page.waitForFunction<readonly number[]>(`(() => {
      const shape = document.querySelector('.zone polygon');
      const { y, width, height } = shape.getBBox();
      const at = new DOMPoint(0, y).matrixTransform(shape.getScreenCTM());
      return document.fullscreenElement && at.y > 1 && [at.x, at.y, width, height];
    })()`);
    const video = await page.evaluate<readonly number[]>(`(() => {
      const { clientWidth, clientHeight, videoWidth, videoHeight } = document.querySelector('video');
      const height = clientWidth * videoHeight / videoWidth;
      return [0, (clientHeight - height) / 2, clientWidth, height];
    })()`);
    for (const [index, side] of (await zone.jsonValue()).entries()) {
      expect(side).to.be.closeTo(video[index] ?? NaN, 0.5);
    }
  });
});
