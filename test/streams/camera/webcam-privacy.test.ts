import { expect } from 'chai';
import type { AccessUnit, VideoCodec } from '../../../streams/access-unit.js';
import { monotonicMs } from '../../../streams/clock.js';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import { createCameraRegistry, type CameraRegistry } from '../../../streams/camera/camera-registry.js';
import { createDecoder, type DecodedFrame } from '../../../streams/decode/decoder.js';
import type { RtpIngest } from '../../../streams/rtp/rtp-hub.js';
import { clipUnits } from '../../helpers/clip-units.js';
import { packetise, packetiseVp8 } from '../../helpers/rtp-packetiser.js';

const leftHalf = [
  { x: 0, y: 0 },
  { x: 0.5, y: 0 },
  { x: 0.5, y: 1 },
  { x: 0, y: 1 },
];
const desk = parseCamera({ id: 'desk', url: 'webcam:', privacy: [leftHalf] });

/** What came out of a camera, and a way to wait for it. */
class Seen {
  readonly units: AccessUnit[] = [];
  #wake: () => void = () => undefined;

  constructor(registry: CameraRegistry) {
    registry.get('desk')?.source.onAccessUnit((unit) => {
      this.units.push(unit);
      this.#wake();
    });
  }

  async until(passes: () => boolean): Promise<void> {
    while (!passes()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

/** Decodes H.264 units whole. */
async function decoded(units: readonly AccessUnit[]): Promise<DecodedFrame[]> {
  const { width = 0, height = 0 } = units[0] ?? {};
  const frames: DecodedFrame[] = [];
  let wake: () => void = () => undefined;
  const decoder = createDecoder(
    { codec: 'h264', width, height, maxSide: 640, fps: 1000 },
    {
      onFrame: (frame) => {
        frames.push(frame);
        wake();
      },
      onDropped: () => undefined,
      onLost: () => undefined,
      onKeyframeWanted: () => undefined,
      onError: () => undefined,
    },
  );
  for (const unit of units) decoder.write(unit);
  while (frames.length < units.length) await new Promise<void>((resolve) => (wake = resolve));
  await decoder.close();
  return frames;
}

/** The brightest value of some columns, in shares of the width. */
function brightest({ width, height, data }: DecodedFrame, from: number, to: number): number {
  let most = 0;
  for (let y = 0; y < height; y++) {
    for (let x = Math.round(from * width); x < Math.round(to * width); x++) {
      const at = (y * width + x) * 3;
      most = Math.max(most, data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    }
  }
  return most;
}

describe('privacy areas of a webcam', function () {
  this.timeout(60_000);
  let registry: CameraRegistry;
  let asked: number;
  let seq: number;

  beforeEach(() => {
    registry = createCameraRegistry();
    [asked, seq] = [0, 0];
  });
  afterEach(() => registry.close());

  const publish = (codec: VideoCodec): RtpIngest =>
    registry.attachPublisher('desk', { codec, requestKeyframe: () => (asked += 1), close: () => undefined });
  const send = (ingest: RtpIngest, codec: VideoCodec, units: readonly AccessUnit[], addTo = 0): void => {
    for (const { data, rtpTimestamp } of units) {
      const options = { ssrc: 7, payloadType: 96, timestamp: rtpTimestamp + addTo, seq, mtu: 1200 };
      const packets = codec === 'vp8' ? packetiseVp8(data, options) : packetise(data, options);
      seq += packets.length;
      for (const packet of packets) ingest.push(packet, monotonicMs());
    }
  };

  for (const codec of ['vp8', 'h264'] as const) {
    it(`are black before anybody gets a picture of ${codec}, and every picture keeps its time`, async () => {
      registry.add(desk);
      const seen = new Seen(registry);
      const units = await clipUnits({ codec, width: 640, height: 360, fps: 15, seconds: 2 });
      const ingest = publish(codec);
      send(ingest, codec, units);
      await seen.until(() => seen.units.length === units.length);
      expect(registry.get('desk')?.source.codec).to.equal('h264');
      const [first] = seen.units;
      expect(
        seen.units.map(({ extendedTimestamp }) => extendedTimestamp - (first?.extendedTimestamp ?? 0)),
      ).to.deep.equal(units.map(({ extendedTimestamp }) => extendedTimestamp - 1000));
      expect(registry.get('desk')?.status.video).to.deep.equal({
        ...{ width: 640, height: 360, fps: 0, cameraCodec: codec, codec: 'h264' },
        ...{ transcodedBecause: 'privacy areas are blacked out', privacyAreas: 1 },
      });
      for (const frame of await decoded(seen.units)) {
        expect(brightest(frame, 0, 0.49)).to.be.below(24);
        expect(brightest(frame, 0.52, 1)).to.be.above(100);
      }
    });
  }

  it('hold when the browser changes the size of its picture', async () => {
    registry.add(desk);
    const seen = new Seen(registry);
    const ingest = publish('vp8');
    send(ingest, 'vp8', await clipUnits({ codec: 'vp8', width: 320, height: 180, fps: 10, seconds: 1 }));
    await seen.until(() => seen.units.length === 10);
    const large = await clipUnits({ codec: 'vp8', width: 640, height: 360, fps: 10, seconds: 1 });
    send(ingest, 'vp8', large, 90_000);
    await seen.until(() => seen.units.filter(({ width }) => width === 640).length === 10);
    const frames = await decoded(seen.units.filter(({ width }) => width === 640));
    for (const frame of frames) expect(brightest(frame, 0, 0.49)).to.be.below(24);
  });

  it('come into force by another session of the browser, and leave no older picture behind', async () => {
    registry.add({ ...desk, privacy: [] });
    const units = await clipUnits({ codec: 'vp8', width: 320, height: 180, fps: 10, seconds: 1 });
    const open = publish('vp8');
    send(open, 'vp8', units);
    expect(registry.get('desk')?.source.gopUnits()).to.have.length(10);
    await registry.change(desk);
    expect(open.ended).to.equal(true);
    expect(registry.get('desk')?.source.gopUnits()).to.deep.equal([]);
    const seen = new Seen(registry);
    send(publish('vp8'), 'vp8', units, 180_000);
    await seen.until(() => seen.units.length === 10);
    for (const frame of await decoded(seen.units)) expect(brightest(frame, 0, 0.49)).to.be.below(24);
  });

  it('ask the browser for a keyframe where there is nothing to begin with', async () => {
    registry.add(desk);
    const units = await clipUnits({ codec: 'vp8', width: 320, height: 180, fps: 10, seconds: 1 });
    const ingest = publish('vp8');
    send(ingest, 'vp8', units.slice(1));
    expect(asked).to.be.at.least(1);
    ingest.end();
    ingest.end();
    expect(ingest.ended).to.equal(true);
  });
});
