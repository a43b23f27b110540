import { expect } from 'chai';
import type { AccessUnit } from '../../../streams/access-unit.js';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import type { CameraRegistry } from '../../../streams/camera/camera-registry.js';
import { createCameraRegistry } from '../../../streams/camera/camera-registry.js';
import { probeCamera } from '../../../streams/camera/probe-camera.js';
import { hasBSlice } from '../../../streams/rtp/h264-b-frames.js';
import { clipUnits } from '../../helpers/clip-units.js';
import type { RtspAuth } from '../../helpers/rtsp-auth.js';
import { RtspServer } from '../../helpers/rtsp-server.js';
import { StatusLog } from '../../helpers/status-log.js';

const fps = 20;

describe('an RTSP camera', function () {
  this.timeout(40_000);
  let units: readonly AccessUnit[];
  let server: RtspServer;
  let registry: CameraRegistry;
  let log: StatusLog;

  before(async () => {
    units = await clipUnits({ codec: 'h264', width: 640, height: 360, fps, seconds: 2 });
  });

  async function setUp(auth?: RtspAuth): Promise<void> {
    server = await RtspServer.start({ units, fps, ...(auth === undefined ? {} : { auth }) });
    registry = createCameraRegistry({
      limits: {
        connectMs: 5000,
        firstFrameMs: 5000,
        frameGapMs: 1500,
        backoff: { firstMs: 200, mostMs: 500 },
        killAfterMs: 1000,
      },
    });
    log = new StatusLog(registry);
  }

  afterEach(async () => {
    await registry.close();
    await server.close();
  });

  function add(url: string): ReturnType<CameraRegistry['add']> {
    return registry.add(parseCamera({ id: 'door', url }));
  }

  function takeUnits(count: number): Promise<AccessUnit[]> {
    const taken: AccessUnit[] = [];
    return new Promise((resolve) => {
      const end = registry.get('door')?.source.onAccessUnit((unit) => {
        taken.push(unit);
        if (taken.length === count) {
          end?.();
          resolve(taken);
        }
      });
    });
  }

  it('passes H.264 through untouched, with its size and growing timestamps', async () => {
    await setUp();
    const { source } = add(server.url());
    const taken = await takeUnits(30);
    expect(source.size).to.deep.equal({ width: 640, height: 360 });
    expect(registry.get('door')?.status).to.deep.include({ state: 'live', reason: '', reconnects: 0 });
    expect(registry.get('door')?.status.video).to.deep.equal({
      width: 640,
      height: 360,
      fps,
      cameraCodec: 'h264',
      codec: 'h264',
    });
    const steps = taken
      .slice(1)
      .map((unit, index) => unit.extendedTimestamp - (taken[index]?.extendedTimestamp ?? 0));
    expect(steps).to.deep.equal(steps.map(() => 90_000 / fps));
    expect(source.stats().packetsLost).to.equal(0);
  });

  for (const scheme of ['basic', 'digest'] as const) {
    it(`opens with ${scheme} credentials, also with signs that must be encoded, and says 401 for wrong ones`, async () => {
      await setUp({ scheme, user: 'ad min', password: 'p@ss:w/ord%' });
      add(server.url('ad%20min:p%40ss%3Aw%2Ford%25'));
      await log.until('door', ({ state }) => state === 'live', 0);
      await registry.remove('door');
      add(server.url('admin:wrong-secret'));
      const { reason } = await log.until('door', ({ state }) => state === 'retrying');
      expect(reason).to.equal('401 from camera');
      expect(JSON.stringify(log.entries)).not.to.contain('secret');
    });
  }

  it('says why it cannot be opened', async () => {
    await setUp();
    server.manners = 'not-found';
    add(server.url());
    expect((await log.until('door', ({ state }) => state === 'retrying', 0)).reason).to.equal(
      'no such stream (404)',
    );
    await registry.remove('door');
    const { port } = server;
    await server.close();
    add(`rtsp://127.0.0.1:${port}/stream`);
    expect((await log.until('door', ({ state }) => state === 'retrying')).reason).to.equal(
      'connection refused',
    );
    server = await RtspServer.start({ units, fps });
  });

  it('says that the camera does not answer', async () => {
    await setUp();
    server.manners = 'mute';
    add(server.url());
    const { reason } = await log.until('door', ({ state }) => state === 'retrying', 0);
    expect(reason).to.equal('timed out after 5 s');
  });

  it('notices that the video stalls, and comes back with continuous timestamps', async () => {
    await setUp();
    add(server.url());
    const before = await takeUnits(10);
    server.manners = 'stall';
    const { reason } = await log.until('door', ({ state }) => state === 'stalled');
    expect(reason).to.equal('no video for 1.5 s');
    await log.until('door', ({ state }) => state === 'retrying');
    server.manners = 'well';
    const after = await takeUnits(10);
    expect(after[0]?.keyframe).to.equal(true);
    expect(after[0]?.extendedTimestamp).to.be.greaterThan(before.at(-1)?.extendedTimestamp ?? 0);
    expect(registry.get('door')?.status).to.deep.include({ state: 'live', reason: '', reconnects: 1 });
    expect(server.mostAtOnce).to.equal(1);
  });

  it('comes back after the camera was cut off, one connection at a time', async () => {
    await setUp();
    add(server.url());
    await takeUnits(5);
    for (let round = 1; round <= 3; round += 1) {
      const since = log.entries.length;
      server.cut();
      await log.until('door', ({ state }) => state === 'retrying', since);
      await log.until('door', ({ state }) => state === 'live', since);
      await takeUnits(5);
      expect(registry.get('door')?.status.reconnects).to.equal(round);
    }
    expect(server.mostAtOnce).to.equal(1);
  });

  it('goes on trying while the camera resets every connection', async () => {
    await setUp();
    server.manners = 'reset';
    add(server.url());
    const { reason } = await log.until('door', ({ reconnects }) => reconnects >= 2, 0);
    expect(reason).not.to.equal('');
    server.manners = 'well';
    await log.until('door', ({ state }) => state === 'live');
  });

  it('leaves other cameras alone when one is changed or removed', async () => {
    await setUp();
    add(server.url());
    registry.add(parseCamera({ id: 'hall', url: server.url() }));
    await log.until('hall', ({ state }) => state === 'live', 0);
    await registry.change(parseCamera({ id: 'hall', url: server.url(), fps: 3, name: 'Hall' }));
    expect(registry.get('hall')?.status.state).to.equal('live');
    await registry.change(parseCamera({ id: 'hall', url: server.url(), enabled: false }));
    expect(registry.get('hall')?.status).to.deep.include({ state: 'stopped', reason: 'disabled' });
    await registry.remove('hall');
    await takeUnits(5);
    expect(registry.list().map(({ config }) => config.id)).to.deep.equal(['door']);
    expect(registry.get('door')?.status.reconnects).to.equal(0);
  });

  it('hands on each picture when it is there, not when the next one comes', async () => {
    await setUp({ scheme: 'digest', user: 'admin', password: 'secret' });
    server.onPicture = ({ timestamp }) => {
      if (timestamp === 5000 + (12 * 90_000) / fps) server.manners = 'stall';
    };
    add(server.url('admin:secret'));
    const taken = await takeUnits(13);
    expect(taken.map(({ rtpTimestamp }) => rtpTimestamp)).to.deep.equal(
      taken.map((_, index) => 5000 + (index * 90_000) / fps),
    );
  });

  it('sends its video over UDP where it is asked to, directly and to ffmpeg', async () => {
    await setUp();
    await server.close();
    server = await RtspServer.start({ units, fps, udp: true });
    const camera = parseCamera({ id: 'door', url: server.url(), transport: 'udp' });
    const { source } = registry.add(camera);
    const taken = await takeUnits(30);
    expect(taken.map(({ rtpTimestamp }) => rtpTimestamp)).to.deep.equal(
      taken.map((_, index) => 5000 + (index * 90_000) / fps),
    );
    expect(source.stats().packetsLost).to.equal(0);
    await registry.remove('door');
    const look = await probeCamera(camera, { timeoutMs: 8000 });
    expect(look.summary).to.equal('640x360, 20 fps, H.264, works');
  });

  it('is read by ffmpeg where its video must be transcoded', async () => {
    const clip = { codec: 'h264', width: 320, height: 180, fps, seconds: 2, disposable: true } as const;
    const bFrames = await clipUnits(clip);
    await setUp();
    await server.close();
    server = await RtspServer.start({ units: bFrames, fps });
    add(server.url());
    const { video } = await log.until('door', (status) => status.video?.transcodedBecause !== undefined);
    expect(video?.transcodedBecause).to.equal('H.264 with B-frames does not play over WebRTC');
    const taken = await takeUnits(10);
    expect(taken.some(({ data }) => hasBSlice(data))).to.equal(false);
  });

  it('is looked at before it is added', async () => {
    await setUp();
    const look = await probeCamera(parseCamera({ id: 'door', url: server.url() }), { timeoutMs: 5000 });
    expect(look).to.deep.include({ ok: true, summary: '640x360, 20 fps, H.264, works' });
    server.manners = 'mute';
    const silent = await probeCamera(parseCamera({ id: 'door', url: server.url() }), { timeoutMs: 1000 });
    expect(silent).to.deep.equal({ ok: false, summary: 'timed out after 1 s' });
  });
});
