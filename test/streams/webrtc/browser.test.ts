import { expect } from 'chai';
import { monotonicMs } from '../../../streams/clock.js';
import type { RtpSource } from '../../../streams/rtp-source.js';
import { RtpHub } from '../../../streams/rtp/rtp-hub.js';
import type { RtcSession } from '../../../streams/webrtc/rtc-session.js';
import { SendTurn } from '../../../streams/webrtc/send-turn.js';
import { createWhepViewer, type WhepViewerStats } from '../../../streams/webrtc/whep-viewer.js';
import { createWhipIngest, type WhipIngestStats } from '../../../streams/webrtc/whip-ingest.js';
import { UdpCamera } from '../../helpers/udp-camera.js';
import { framesPresented, WebRtcPages } from '../../helpers/webrtc-page.js';

const settings = { iceServers: [], additionalHostAddresses: ['127.0.0.1'] };

describe('WHIP and WHEP with a real browser', function () {
  this.timeout(30_000);
  let pages: WebRtcPages;
  let lossy: () => boolean = () => false;
  let hub: RtpHub;
  let ingests: RtcSession<WhipIngestStats>[] = [];
  let viewers: RtcSession<WhepViewerStats>[] = [];

  before(async () => {
    pages = await WebRtcPages.start({
      '/whip': async (offerSdp) => {
        const session = await createWhipIngest({
          offerSdp,
          hub,
          settings,
          clock: monotonicMs,
          silenceMs: 1500,
        });
        ingests.push(session);
        return session.answerSdp;
      },
      '/whep': async (offerSdp) => {
        const session = await createWhepViewer({
          offerSdp,
          source: withLoss(hub, () => lossy()),
          settings,
          clock: monotonicMs,
          turn: new SendTurn(),
        });
        viewers.push(session);
        return session.answerSdp;
      },
    });
  });

  after(() => pages.close());

  beforeEach(() => {
    hub = new RtpHub('hall', monotonicMs);
    ingests = [];
    viewers = [];
  });

  afterEach(async () => {
    await Promise.all([...ingests, ...viewers].map((session) => session.close()));
    hub.close();
  });

  for (const [codec, mimeType] of [
    ['vp8', 'video/VP8'],
    ['h264', 'video/H264'],
  ] as const) {
    it(`takes ${codec} from a page and shows it to another with the very same timestamps`, async () => {
      const timestamps = new Set<number>();
      hub.onPacket((packet) => timestamps.add(packet.readUInt32BE(4)));
      const publisher = await pages.open();
      await publisher.evaluate(`publish('${mimeType}')`);
      await new Promise<void>((resolve) => {
        hub.onAccessUnit((unit) => {
          if (unit.keyframe) resolve();
        });
      });
      expect(hub.codec).to.equal(codec);

      const viewer = await pages.open();
      await viewer.evaluate('play()');
      const frames = await framesPresented(viewer, 20);
      expect(frames.filter(({ rtpTimestamp }) => !timestamps.has(rtpTimestamp))).to.deep.equal([]);
      expect(frames.at(-1)).to.include({ width: 640, height: 480 });
      expect(hub.stats().accessUnitsDropped).to.equal(0);

      // A closing page may or may not get to say so; either way the session ends by itself.
      await publisher.close();
      expect(await ingests[0]?.closed).to.be.oneOf([
        'no video for 1.5 s',
        'the connection to the browser was lost',
      ]);
      await viewer.close();
    });
  }

  describe('with a camera that makes one keyframe and no more', () => {
    let camera: UdpCamera;

    beforeEach(async () => {
      const ingest = hub.begin('h264');
      camera = await UdpCamera.start((packet) => ingest.push(packet, monotonicMs()));
      await unitsCame(hub, 30);
    });

    afterEach(() => camera.close());

    it('shows a picture to a viewer who comes later', async () => {
      const viewer = await pages.open();
      await viewer.evaluate('play()');
      const frames = await framesPresented(viewer, 40);
      expect(frames.at(-1)).to.include({ width: 320, height: 180 });
      expect(viewers[0]?.stats()).to.include({ dropped: 0, keyframeRequests: 0 });
      await viewer.close();
    });

    it('brings a viewer who lost packets for good back into the picture', async () => {
      let isLossy = false;
      lossy = () => isLossy;
      const viewer = await pages.open();
      await viewer.evaluate('play()');
      await framesPresented(viewer, 40);
      isLossy = true;
      await unitsCame(hub, 10);
      isLossy = false;
      const lastBefore = (await framesPresented(viewer, 0)).at(-1)?.rtpTimestamp ?? 0;
      const shown = await viewer.evaluate<number>(`framePresentedAfter(${lastBefore + 90_000})`);
      expect(shown).to.be.greaterThan(lastBefore);
      expect(viewers[0]?.stats().keyframeRequests).to.be.greaterThan(0);
      await viewer.close();
    });
  });
});

/** Resolves when that many more pictures have come. */
function unitsCame(hub: RtpHub, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const unsubscribe = hub.onAccessUnit(() => {
      left -= 1;
      if (left > 0) return;
      unsubscribe();
      resolve();
    });
  });
}

/** The same source, but what comes while `isLost` says so never reaches the viewer. */
function withLoss(hub: RtpHub, isLost: () => boolean): RtpSource {
  return {
    cameraId: hub.cameraId,
    get codec() {
      return hub.codec;
    },
    get size() {
      return hub.size;
    },
    get answersKeyframeRequests() {
      return hub.answersKeyframeRequests;
    },
    onPacket: (listener) =>
      hub.onPacket((packet) => {
        if (!isLost()) listener(packet);
      }),
    onAccessUnit: (listener) => hub.onAccessUnit(listener),
    gopPackets: () => hub.gopPackets(),
    gopUnits: () => hub.gopUnits(),
    requestKeyframe: () => hub.requestKeyframe(),
    stats: () => hub.stats(),
  };
}
