import { expect } from 'chai';
import fc from 'fast-check';
import type { AccessUnit } from '../../../streams/access-unit.js';
import { joinAnnexB } from '../../../streams/rtp/h264-nal.js';
import { RtpHub } from '../../../streams/rtp/rtp-hub.js';
import { parseRtp } from '../../../streams/rtp/rtp-packet.js';
import { CameraPackets } from '../../../streams/rtsp/camera-packets.js';
import { deltaFrame, keyframe, pps, sps } from '../../helpers/h264-pictures.js';
import { packetise } from '../../helpers/rtp-packetiser.js';

const ticks = 3600;
const bodies = fc.uint8Array({ minLength: 1, maxLength: 6000 });
const clips = fc.record({
  pictures: fc
    .array(fc.record({ isKeyframe: fc.boolean(), body: bodies }), { minLength: 1, maxLength: 12 })
    .map((all) => all.map(({ isKeyframe, body }, at) => ({ body, isKeyframe: isKeyframe || at === 0 }))),
  mtu: fc.integer({ min: 60, max: 9000 }),
  aggregate: fc.boolean(),
  seq: fc.integer({ min: 0, max: 65_535 }),
  timestamp: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

/** What a camera sends of pictures, one list of packets for each. */
function sent(
  pictures: readonly Buffer[],
  { mtu = 1400, aggregate = true, seq = 0, timestamp = 0 } = {},
): Buffer[][] {
  let next = seq;
  return pictures.map((picture, at) => {
    const place = { ssrc: 9, payloadType: 97, timestamp: timestamp + at * ticks, seq: next };
    const packets = packetise(picture, { ...place, mtu, aggregate });
    next += packets.length;
    return packets;
  });
}

/** What comes out of a hub that gets what a camera's packets are made into, 40 ms a picture. */
function throughHub(pictures: readonly (readonly Buffer[])[], packets: CameraPackets) {
  const hub = new RtpHub('door', () => 0);
  const units: AccessUnit[] = [];
  hub.onAccessUnit((unit) => units.push(unit));
  const ingest = hub.begin('h264');
  const out = pictures.map((picture, at) => picture.flatMap((packet) => packets.push(packet, at * 40)));
  out.flat().forEach((packet, at) => ingest.push(packet, at));
  return { hub, units, out };
}

describe('the packets of a camera', () => {
  it('come out small enough for every network, with the same pictures and timestamps and one marker each', () => {
    fc.assert(
      fc.property(clips, ({ pictures, ...how }) => {
        const whole = pictures.map(({ isKeyframe, body }) =>
          isKeyframe ? keyframe(body) : deltaFrame(body),
        );
        const { units, out, hub } = throughHub(sent(whole, how), new CameraPackets(97, []));
        expect(units.map(({ data }) => data)).to.deep.equal(whole);
        expect(units.map(({ rtpTimestamp }) => rtpTimestamp)).to.deep.equal(
          whole.map((_, at) => (how.timestamp + at * ticks) % 2 ** 32),
        );
        expect(hub.stats().packetsLost).to.equal(0);
        for (const picture of out) {
          expect(Math.max(...picture.map(({ length }) => length))).to.be.at.most(1200);
          const markers = picture.map((packet) => parseRtp(packet)?.marker);
          expect(markers).to.deep.equal(picture.map((_, at) => at === picture.length - 1));
        }
      }),
    );
  });

  it('leave a hole where one was lost, and never put together what does not belong together', () => {
    fc.assert(
      fc.property(
        clips,
        fc.array(fc.nat(9), { minLength: 400, maxLength: 400 }),
        ({ pictures, ...how }, fate) => {
          const whole = pictures.map(({ isKeyframe, body }) =>
            isKeyframe ? keyframe(body) : deltaFrame(body),
          );
          let at = 0;
          const lossy = sent(whole, how).map((packets) =>
            packets.filter(() => fate[at++ % fate.length] !== 0),
          );
          const { units } = throughHub(lossy, new CameraPackets(97, []));
          for (const { data, rtpTimestamp } of units) {
            const index = ((rtpTimestamp - how.timestamp + 2 ** 32) % 2 ** 32) / ticks;
            expect(data).to.deep.equal(whole[index]);
          }
        },
      ),
    );
  });

  it('have parameter sets before each keyframe, though the camera told them only beforehand', () => {
    const bare = joinAnnexB([Buffer.from([0x65, 0x88, 1, 1, 1])]);
    const packets = new CameraPackets(97, [sps, pps]);
    const { out } = throughHub(sent([bare, deltaFrame(Buffer.from([1])), bare]), packets);
    expect(packets.facts).to.include({ width: 128, height: 96, chromaFormat: 1, bitDepth: 8 });
    const types = out.map((picture) => picture.map((packet) => (parseRtp(packet)?.payload[0] ?? 0) & 31));
    expect(types).to.deep.equal([[7, 8, 5], [1], [7, 8, 5]]);
  });

  it('have no marker after parameter sets alone, where the camera puts one', () => {
    const [, , slice] = [sps, pps, Buffer.from([0x65, 0x88, 1, 1, 1])];
    const marked = [sps, pps, slice].map(
      (nal, at) =>
        packetise(joinAnnexB([nal]), { ssrc: 9, payloadType: 97, timestamp: 1, seq: at, mtu: 1400 })[0],
    ) as Buffer[];
    const { out, units } = throughHub([marked], new CameraPackets(97, []));
    expect(out[0]?.map((packet) => parseRtp(packet)?.marker)).to.deep.equal([false, false, true]);
    expect(units.length).to.equal(1);
  });

  it('go on by the clock when the timestamps of the camera jump', () => {
    const pictures = [
      keyframe(Buffer.from([1])),
      ...[2, 3, 4, 5].map((one) => deltaFrame(Buffer.from([one]))),
    ];
    const packets = sent(pictures);
    for (const packet of packets.slice(2).flat()) packet.writeUInt32BE(4_000_000_000, 4);
    packets.slice(2).forEach((picture, at) => {
      for (const packet of picture) packet.writeUInt32BE(4_000_000_000 + at * ticks, 4);
    });
    const { units } = throughHub(packets, new CameraPackets(97, []));
    expect(units.map(({ extendedTimestamp }) => extendedTimestamp)).to.deep.equal(
      [0, 1, 2, 3, 4].map((at) => at * ticks),
    );
  });

  it('are left out when they come twice or late, and taken up again when the camera counts anew', () => {
    const pictures = [keyframe(Buffer.from([1])), ...[2, 3, 4].map((one) => deltaFrame(Buffer.from([one])))];
    const packets = new CameraPackets(97, []);
    const all = sent(pictures, { seq: 500 }).flat();
    const out = [...all, ...all.slice(1, 3)].flatMap((packet) => packets.push(packet, 0));
    expect(out.length).to.equal(all.length);
    const anew = sent(
      Array.from({ length: 80 }, () => keyframe(Buffer.from([7]))),
      { seq: 1 },
    ).flat();
    expect(anew.flatMap((packet) => packets.push(packet, 0)).length).to.be.within(25, 130);
  });

  it('are unfit with B-frames, with a marker for each slice and in interleaved packing', () => {
    const b = joinAnnexB([Buffer.from([0x01, 0x9c, 1, 1])]);
    const withB = new CameraPackets(97, []);
    throughHub(sent([keyframe(Buffer.from([1])), b]), withB);
    expect(withB.unfit).to.equal('B-frames');

    const slices = new CameraPackets(97, []);
    const [first, second] = sent([deltaFrame(Buffer.from([1])), deltaFrame(Buffer.from([2]))]);
    second?.[0]?.writeUInt32BE(0, 4);
    throughHub([first ?? [], second ?? []], slices);
    expect(slices.unfit).to.equal('several markers a picture');

    const packing = new CameraPackets(97, []);
    const odd = sent([deltaFrame(Buffer.from([1]))]);
    odd[0]?.[0]?.writeUInt8(0x19, 12);
    throughHub(odd, packing);
    expect(packing.unfit).to.equal('a way of packing that is unknown');
  });

  it('never throw, whatever they are', () => {
    const packets = new CameraPackets(97, []);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        packets.push(Buffer.concat([Buffer.from([0x80, 97]), bytes]), 0);
      }),
    );
  });
});
