import { expect } from 'chai';
import { monotonicMs } from '../../../streams/clock.js';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import type { CameraRegistry, Publisher } from '../../../streams/camera/camera-registry.js';
import { createCameraRegistry } from '../../../streams/camera/camera-registry.js';
import { CameraError } from '../../../streams/camera/camera-error.js';
import type { RtpIngest } from '../../../streams/rtp/rtp-hub.js';
import { clipUnits } from '../../helpers/clip-units.js';
import { packetise } from '../../helpers/rtp-packetiser.js';
import { StatusLog } from '../../helpers/status-log.js';

const desk = parseCamera({ id: 'desk', url: 'webcam:' });

describe('a webcam', () => {
  let registry: CameraRegistry;
  let log: StatusLog;
  let closed: string[];

  beforeEach(() => {
    registry = createCameraRegistry({ limits: { frameGapMs: 300 } });
    log = new StatusLog(registry);
    closed = [];
  });

  afterEach(() => registry.close());

  function publisher(name: string): Publisher {
    return { codec: 'h264', requestKeyframe: () => undefined, close: () => closed.push(name) };
  }

  async function send(ingest: RtpIngest, ssrc: number): Promise<void> {
    const units = await clipUnits({ codec: 'h264', width: 640, height: 360, fps: 20, seconds: 1 });
    let seq = 0;
    for (const { data, rtpTimestamp } of units) {
      const packets = packetise(data, { ssrc, payloadType: 96, timestamp: rtpTimestamp, seq, mtu: 1200 });
      seq += packets.length;
      for (const packet of packets) ingest.push(packet, monotonicMs());
    }
  }

  it('waits for a browser, is live with its video, stalls without, and waits again', async () => {
    expect(registry.add(desk).status).to.deep.include({
      state: 'stopped',
      reason: 'waiting for a browser to send its webcam',
    });
    const ingest = registry.attachPublisher('desk', publisher('first'));
    await send(ingest, 1);
    expect(registry.get('desk')?.status).to.deep.equal({
      state: 'live',
      reason: '',
      reconnects: 0,
      video: { width: 640, height: 360, fps: 0, cameraCodec: 'h264', codec: 'h264' },
    });
    const stalled = await log.until('desk', ({ state }) => state === 'stalled');
    expect(stalled.reason).to.equal('no video for 0.3 s');
    ingest.end();
    expect(registry.get('desk')?.status.state).to.equal('stopped');
    expect(closed).to.deep.equal([]);
  });

  it('belongs to the browser that came last', async () => {
    registry.add(desk);
    const first = registry.attachPublisher('desk', publisher('first'));
    const second = registry.attachPublisher('desk', publisher('second'));
    expect(closed).to.deep.equal(['first']);
    expect(first.ended).to.equal(true);
    first.end();
    await send(second, 2);
    expect(registry.get('desk')?.status).to.deep.include({ state: 'live', reconnects: 1 });
    await registry.remove('desk');
    expect(closed).to.deep.equal(['first', 'second']);
  });

  it('takes no browser while it is disabled', async () => {
    registry.add(desk);
    registry.attachPublisher('desk', publisher('first'));
    await registry.change({ ...desk, enabled: false });
    expect(closed).to.deep.equal(['first']);
    expect(() => registry.attachPublisher('desk', publisher('second'))).to.throw(CameraError, 'disabled');
  });
});
