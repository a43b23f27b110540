import { expect } from 'chai';
import type { VideoCodec } from '../../../streams/access-unit.js';
import { RtpHub } from '../../../streams/rtp/rtp-hub.js';
import { clipUnits } from '../../helpers/clip-units.js';
import { packetise, packetiseVp8 } from '../../helpers/rtp-packetiser.js';

/** Which pictures of a clip went into a hub as such that nothing refers to, and which came out so. */
async function throughHub(codec: VideoCodec): Promise<{ sent: boolean[]; told: boolean[] }> {
  const clip = await clipUnits({ codec, width: 320, height: 180, fps: 10, seconds: 1, disposable: true });
  const hub = new RtpHub('door', () => 0);
  const told: boolean[] = [];
  hub.onAccessUnit(({ disposable = false }) => told.push(disposable));
  const ingest = hub.begin(codec);
  let seq = 0;
  for (const { data, rtpTimestamp: timestamp, disposable = false } of clip) {
    const cut = codec === 'h264' ? packetise : packetiseVp8;
    const packets = cut(data, { ssrc: 7, payloadType: 96, timestamp, seq, mtu: 400 });
    seq += packets.length;
    for (const packet of packets) {
      if (codec === 'vp8' && disposable) packet.writeUInt8(packet.readUInt8(12) | 0x20, 12);
      ingest.push(packet, seq);
    }
  }
  return { sent: clip.map(({ disposable = false }) => disposable), told };
}

describe('pictures that no other one refers to', () => {
  for (const [codec, sign] of [
    ['h264', 'the headers of its slices'],
    ['vp8', 'the N bit of its packets'],
  ] as const) {
    it(`are known in ${codec} by ${sign}`, async () => {
      const { sent, told } = await throughHub(codec);
      expect(told).to.deep.equal(sent);
      expect(told.filter(Boolean).length).to.be.within(3, 5);
    });
  }
});
