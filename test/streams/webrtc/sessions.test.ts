import { expect } from 'chai';
import { monotonicMs } from '../../../streams/clock.js';
import { RtpHub } from '../../../streams/rtp/rtp-hub.js';
import { RtcError } from '../../../streams/webrtc/rtc-error.js';
import type { RtcSession } from '../../../streams/webrtc/rtc-session.js';
import { SendTurn } from '../../../streams/webrtc/send-turn.js';
import { createWhepViewer } from '../../../streams/webrtc/whep-viewer.js';
import { createWhipIngest } from '../../../streams/webrtc/whip-ingest.js';
import { deltaFrame, keyframe } from '../../helpers/h264-pictures.js';
import { packetise } from '../../helpers/rtp-packetiser.js';
import { WeriftClient } from '../../helpers/werift-client.js';

const settings = { iceServers: [], additionalHostAddresses: ['127.0.0.1'] };

/** A keyframe and pictures after it, as packets. */
function clip(pictures: number): Buffer[] {
  const packets: Buffer[] = [];
  for (let index = 0; index < pictures; index += 1) {
    const picture = index === 0 ? keyframe(new Uint8Array(3000)) : deltaFrame(new Uint8Array(100));
    const place = { timestamp: 1000 + index * 3600, seq: packets.length };
    packets.push(...packetise(picture, { ssrc: 7, payloadType: 96, mtu: 1200, ...place }));
  }
  return packets;
}

async function codeOf(refused: Promise<unknown>): Promise<string> {
  try {
    await refused;
  } catch (error) {
    if (error instanceof RtcError) return error.code;
    throw error;
  }
  return 'accepted';
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('WebRTC sessions', function () {
  this.timeout(30_000);
  let hub: RtpHub;
  const clients: WeriftClient[] = [];
  const sessions: RtcSession<unknown>[] = [];

  beforeEach(() => {
    hub = new RtpHub('door', monotonicMs);
  });

  afterEach(async () => {
    await Promise.all([...clients.splice(0), ...sessions.splice(0)].map((each) => each.close()));
    hub.close();
  });

  function client(...args: ConstructorParameters<typeof WeriftClient>): WeriftClient {
    const created = new WeriftClient(...args);
    clients.push(created);
    return created;
  }

  async function publish(client: WeriftClient) {
    const offerSdp = await client.offer();
    const session = await createWhipIngest({ offerSdp, hub, settings, clock: monotonicMs, silenceMs: 1000 });
    sessions.push(session);
    await client.accept(session.answerSdp);
    return session;
  }

  async function view(client: WeriftClient) {
    const session = await createWhepViewer({
      offerSdp: await client.offer(),
      source: hub,
      settings,
      clock: monotonicMs,
      turn: new SendTurn(),
      waitForVideoMs: 50,
    });
    sessions.push(session);
    await client.accept(session.answerSdp);
    return session;
  }

  it('carry packets from a publisher with sound to a viewer who comes later', async () => {
    const publisher = client('sendonly', 'video/H264', true);
    const session = await publish(publisher);
    expect(session.answerSdp).to.contain('x-google-start-bitrate=2000');
    const packets = clip(10);
    for (const packet of packets) await publisher.sender.sendRtp(packet);
    await until(() => hub.stats().accessUnits === 10);
    expect(session.stats()).to.include({ codec: 'h264', packets: packets.length });

    const viewer = client('recvonly', 'video/H264', true);
    const viewing = await view(viewer);
    await until(() => viewer.received.length === packets.length);
    const timestamps = (list: readonly Buffer[]): number[] => list.map((packet) => packet.readUInt32BE(4));
    expect(timestamps(viewer.received)).to.deep.equal(timestamps(packets));
    expect(viewing.stats()).to.include({ sent: packets.length, dropped: 0, connected: true });
  });

  it('end when a publisher falls silent', async () => {
    const publisher = client('sendonly', 'video/H264');
    const session = await publish(publisher);
    for (const packet of clip(2)) await publisher.sender.sendRtp(packet);
    expect(await session.closed).to.equal('no video for 1 s');
    await session.close('again');
  });

  it('end when another sender takes the camera over', async () => {
    const publisher = client('sendonly', 'video/H264');
    const session = await publish(publisher);
    for (const packet of clip(2)) await publisher.sender.sendRtp(packet);
    await until(() => hub.stats().accessUnits === 2);
    hub.begin('h264');
    expect(await session.closed).to.equal('another sender took over');
  });

  it('end for the viewers when the codec changes', async () => {
    const ingest = hub.begin('h264');
    for (const packet of clip(2)) ingest.push(packet, monotonicMs());
    const session = await view(client('recvonly', 'video/H264'));
    await until(() => session.stats().connected);
    const vp8 = Buffer.concat([
      clip(1)[0]?.subarray(0, 12) ?? Buffer.alloc(0),
      Buffer.from('1010009d012a80026801', 'hex'),
    ]);
    hub.begin('vp8').push(vp8, monotonicMs());
    expect(await session.closed).to.equal('the video changed from h264 to vp8');
  });

  it('are refused with a code that says why', async () => {
    const offerSdp = await client('recvonly', 'video/VP8').offer();
    const request = {
      ...{ source: hub, settings, clock: monotonicMs },
      ...{ turn: new SendTurn(), waitForVideoMs: 20 },
    };
    expect(await codeOf(createWhepViewer({ ...request, offerSdp }))).to.equal('no-video-yet');
    const ingest = hub.begin('h264');
    for (const packet of clip(1)) ingest.push(packet, 0);
    expect(await codeOf(createWhepViewer({ ...request, offerSdp }))).to.equal('unsupported-codec');
    expect(await codeOf(createWhepViewer({ ...request, offerSdp: 'v=0' }))).to.equal('unsupported-media');
    expect(await codeOf(createWhipIngest({ offerSdp: '', hub, settings, clock: monotonicMs }))).to.equal(
      'invalid-sdp',
    );
  });

  it('are refused, and nothing is left behind, when an offer is damaged in any of its lines', async () => {
    const lines = (await client('sendonly', 'video/H264').offer()).split('\r\n');
    for (const at of lines.keys()) {
      const offerSdp = lines
        .map((line, index) => (index === at ? `${line.slice(0, 7)}\u00e9%` : line))
        .join('\r\n');
      const outcome = codeOf(
        createWhipIngest({ offerSdp, hub, settings, clock: monotonicMs }).then((session) => session.close()),
      );
      expect(await outcome).to.be.oneOf([
        'accepted',
        'invalid-sdp',
        'unsupported-media',
        'unsupported-codec',
        'peer-failed',
      ]);
    }
  });
});
