import { expect } from 'chai';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import type { CameraRegistry } from '../../../streams/camera/camera-registry.js';
import { createCameraRegistry } from '../../../streams/camera/camera-registry.js';
import { CameraError } from '../../../streams/camera/camera-error.js';
import { hasBSlice } from '../../../streams/rtp/h264-b-frames.js';
import { faceClip } from '../../helpers/media.js';
import { StatusLog } from '../../helpers/status-log.js';

describe('a file as a camera', function () {
  this.timeout(60_000);
  let registry: CameraRegistry;
  let log: StatusLog;

  beforeEach(() => {
    registry = createCameraRegistry();
    log = new StatusLog(registry);
  });

  afterEach(() => registry.close());

  const because = {
    'h264-b-frames': 'H.264 with B-frames does not play over WebRTC',
    hevc: 'H.265 is not passed on over WebRTC',
    mjpeg: 'Motion JPEG is not passed on over WebRTC',
  };
  for (const codec of ['h264-b-frames', 'hevc', 'mjpeg'] as const) {
    it(`is transcoded from ${codec}, says so, and ends with the file`, async () => {
      const url = await faceClip({ codec, seconds: 1, people: 1 });
      const { source } = registry.add(parseCamera({ id: 'hall', url }));
      const seen = { units: 0, bFrames: 0 };
      source.onAccessUnit(({ data }) => {
        seen.units += 1;
        if (hasBSlice(data)) seen.bFrames += 1;
      });
      const status = await log.until('hall', ({ state }) => state === 'stopped');
      expect(status.reason).to.equal('end of file');
      expect(status.video).to.deep.include({ codec: 'h264', transcodedBecause: because[codec] });
      expect(seen).to.deep.equal({ units: 15, bFrames: 0 });
    });
  }

  it('loops without a gap in its timestamps', async () => {
    const url = await faceClip({ seconds: 1, people: 1 });
    const { source } = registry.add(parseCamera({ id: 'hall', url, loop: true }));
    const timestamps: number[] = [];
    await new Promise<void>((resolve) => {
      source.onAccessUnit(({ extendedTimestamp }) => {
        timestamps.push(extendedTimestamp);
        if (timestamps.length === 40) resolve();
      });
    });
    const steps = timestamps.slice(1).map((timestamp, index) => timestamp - (timestamps[index] ?? 0));
    expect(new Set(steps)).to.deep.equal(new Set([6000]));
    expect(registry.get('hall')?.status.reconnects).to.equal(0);
  });

  it('fails for good when there is no such file', async () => {
    registry.add(parseCamera({ id: 'hall', url: '/no/such/clip.mp4' }));
    const { reason } = await log.until('hall', ({ state }) => state === 'failed');
    expect(reason).to.equal('no such file');
  });

  it('cannot be published to, and no id is used twice', async () => {
    const config = parseCamera({ id: 'hall', url: '/no/such/clip.mp4' });
    registry.add(config);
    expect(() => registry.add(config)).to.throw(CameraError, 'already');
    const publisher = { codec: 'vp8', requestKeyframe: () => undefined, close: () => undefined } as const;
    expect(() => registry.attachPublisher('hall', publisher)).to.throw(CameraError, 'no webcam');
    expect(await registry.remove('hall')).to.equal(true);
    expect(await registry.remove('hall')).to.equal(false);
    await registry.close();
    expect(() => registry.add(config)).to.throw(CameraError, 'stopping');
  });
});
