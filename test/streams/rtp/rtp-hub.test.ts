import { expect } from 'chai';
import fc from 'fast-check';
import type { AccessUnit, VideoCodec } from '../../../streams/access-unit.js';
import { RtpHub } from '../../../streams/rtp/rtp-hub.js';
import { parseRtp, writeRtp } from '../../../streams/rtp/rtp-packet.js';
import { deltaFrame, keyframe, sps, pps } from '../../helpers/h264-pictures.js';
import { packetise, packetiseVp8 } from '../../helpers/rtp-packetiser.js';
import { joinAnnexB } from '../../../streams/rtp/h264-nal.js';

const ticksPerPicture = 3600;

/** A hub, and all that came out of it. */
function observedHub(clock: () => number = () => 0) {
  const hub = new RtpHub('door', clock);
  const packets: Buffer[] = [];
  const units: AccessUnit[] = [];
  hub.onPacket((packet) => packets.push(packet));
  hub.onAccessUnit((unit) => units.push(unit));
  return { hub, packets, units };
}

interface Clip {
  readonly codec: VideoCodec;
  readonly pictures: readonly Buffer[];
  readonly packets: readonly Buffer[];
}

/** Packets of pictures, each `ticksPerPicture` after the one before. */
function clip(codec: VideoCodec, pictures: readonly Buffer[], start = { seq: 0, timestamp: 0 }): Clip {
  const packets: Buffer[] = [];
  const cut = codec === 'h264' ? packetise : packetiseVp8;
  pictures.forEach((picture, index) => {
    const options = {
      ssrc: 7,
      payloadType: 96,
      timestamp: start.timestamp + index * ticksPerPicture,
      seq: start.seq + packets.length,
      mtu: 100,
    };
    packets.push(...cut(picture, options));
  });
  return { codec, pictures, packets };
}

function vp8Frame(isKeyframe: boolean, body: Uint8Array): Buffer {
  const tag = Buffer.from([isKeyframe ? 0x10 : 0x11, 0, 0]);
  const header = Buffer.from('9d012a80026801', 'hex');
  return Buffer.concat(isKeyframe ? [tag, header, body] : [tag, body]);
}

const bodies = fc.uint8Array({ minLength: 1, maxLength: 400 });

/** Clips that start with a keyframe, at any sequence number and timestamp, so also across their wrap-around. */
const clips = fc
  .record({
    codec: fc.constantFrom<VideoCodec>('h264', 'vp8'),
    pictures: fc.array(fc.record({ isKeyframe: fc.boolean(), body: bodies }), {
      minLength: 1,
      maxLength: 25,
    }),
    seq: fc.oneof(fc.integer({ min: 65_400, max: 65_535 }), fc.integer({ min: 0, max: 65_535 })),
    timestamp: fc.oneof(fc.constant(2 ** 32 - 5000), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
  })
  .map(({ codec, pictures, seq, timestamp }) => {
    const make = pictures.map(({ isKeyframe, body }, index) => {
      const isKey = isKeyframe || index === 0;
      if (codec === 'vp8') return vp8Frame(isKey, body);
      return isKey ? keyframe(body) : deltaFrame(body);
    });
    return { ...clip(codec, make, { seq, timestamp }), timestamp };
  });

describe('RtpHub', () => {
  it('hands on packets as they came and every picture as it was', () => {
    fc.assert(
      fc.property(clips, ({ codec, pictures, packets, timestamp }) => {
        const { hub, packets: forwarded, units } = observedHub();
        const ingest = hub.begin(codec);
        packets.forEach((packet, index) => ingest.push(packet, index));
        expect(forwarded).to.deep.equal(packets);
        expect(units.map((unit) => unit.data)).to.deep.equal(pictures);
        units.forEach((unit, index) => {
          expect(unit.extendedTimestamp).to.equal(timestamp + index * ticksPerPicture);
          expect(unit.rtpTimestamp).to.equal((timestamp + index * ticksPerPicture) % 2 ** 32);
        });
        expect(hub.stats()).to.include({ packets: packets.length, packetsLost: 0, accessUnitsDropped: 0 });
      }),
    );
  });

  it('never hands on a damaged picture or one whose references are missing', () => {
    const accidents = fc.array(fc.constantFrom('pass', 'pass', 'pass', 'lose', 'twice', 'late'), {
      minLength: 300,
      maxLength: 300,
    });
    fc.assert(
      fc.property(clips, accidents, ({ codec, pictures, packets, timestamp }, fates) => {
        const { hub, units } = observedHub();
        const ingest = hub.begin(codec);
        const arrivals = packets.flatMap((packet, index) => {
          const fate = fates[index] ?? 'pass';
          if (fate === 'lose') return [];
          const place = { packet, at: fate === 'late' ? index + 6.5 : index };
          return fate === 'twice' ? [place, { packet, at: index + 3.5 }] : [place];
        });
        arrivals.sort((a, b) => a.at - b.at);
        // Each arrival is 20 ms after the one before, so holes are given up by age.
        arrivals.forEach(({ packet }, index) => ingest.push(packet, index * 20));
        let previous = -1;
        for (const unit of units) {
          const index = ((unit.rtpTimestamp - timestamp + 2 ** 32) % 2 ** 32) / ticksPerPicture;
          expect(unit.data).to.deep.equal(pictures[index]);
          expect(index).to.be.greaterThan(previous);
          if (!unit.keyframe) expect(index).to.equal(previous + 1);
          previous = index;
        }
      }),
    );
  });

  it('never throws for what is in a packet, and counts it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<VideoCodec>('h264', 'vp8'),
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 40 }),
        (codec, payloads) => {
          const { hub } = observedHub();
          const ingest = hub.begin(codec);
          const { packets } = clip(codec, [
            codec === 'h264' ? keyframe(Buffer.of(1)) : vp8Frame(true, Buffer.of(1)),
          ]);
          for (const packet of packets) ingest.push(packet, 0);
          const header = Buffer.from('80e000000000000000000007', 'hex');
          payloads.forEach((payload, index) => {
            ingest.push(Buffer.from(payload), 0);
            header.writeUInt16BE(packets.length + index, 2);
            ingest.push(Buffer.concat([header, payload]), 0);
          });
          expect(hub.stats().packets).to.equal(packets.length + 2 * payloads.length);
        },
      ),
    );
  });

  it('puts parameter sets before every IDR picture when they were sent only once', () => {
    const idr = (body: number): Buffer => joinAnnexB([Buffer.from([0x65, 0x88, body])]);
    const { hub, units } = observedHub();
    const ingest = hub.begin('h264');
    const { packets } = clip('h264', [joinAnnexB([sps, pps]), idr(1), deltaFrame(Buffer.of(1)), idr(3)]);
    for (const packet of packets) ingest.push(packet, 0);
    expect(units.map((unit) => unit.data)).to.deep.equal([
      joinAnnexB([sps, pps, Buffer.from([0x65, 0x88, 1])]),
      deltaFrame(Buffer.of(1)),
      joinAnnexB([sps, pps, Buffer.from([0x65, 0x88, 3])]),
    ]);
    expect(hub.size).to.deep.equal({ width: 128, height: 96 });
  });

  it('takes as capture time the arrival of the first packet of a picture', () => {
    const { hub, units } = observedHub();
    const ingest = hub.begin('h264');
    const { packets } = clip('h264', [keyframe(new Uint8Array(300)), deltaFrame(new Uint8Array(300))]);
    packets.forEach((packet, index) => ingest.push(packet, 1000 + index));
    const second = packets.findIndex((packet) => parseRtp(packet)?.timestamp === ticksPerPicture);
    expect(units.map((unit) => unit.capturedAtMs)).to.deep.equal([1000, 1000 + second]);
  });

  it('continues numbers and time over upstreams, so that viewers see one stream', () => {
    const { hub, packets, units } = observedHub();
    const first = hub.begin('h264');
    const pictures = [keyframe(new Uint8Array(200)), deltaFrame(Buffer.of(1))];
    const one = clip('h264', pictures, { seq: 65_530, timestamp: 2 ** 32 - 100 });
    one.packets.forEach((packet) => first.push(packet, 5000));
    const second = hub.begin('h264');
    const two = clip('h264', pictures, { seq: 777, timestamp: 123_456 });
    first.push(one.packets[0] ?? Buffer.alloc(0), 5500);
    two.packets.forEach((packet) => second.push(packet, 6000));
    const seen = packets.map((packet) => parseRtp(packet));
    seen.forEach((packet, index) => expect(packet?.sequenceNumber).to.equal((65_530 + index) % 65_536));
    expect(units.map((unit) => unit.extendedTimestamp - (2 ** 32 - 100))).to.deep.equal([
      0,
      ticksPerPicture,
      ticksPerPicture + 90_000,
      2 * ticksPerPicture + 90_000,
    ]);
    expect(hub.stats().packetsRejected).to.include({ ended: 1 });
    expect(hub.gopPackets()).to.deep.equal(packets.slice(one.packets.length));
  });

  it('goes on when a sender starts over with new numbers without a word', () => {
    const { hub, units } = observedHub();
    const ingest = hub.begin('h264');
    const { packets } = clip('h264', [keyframe(Buffer.of(1))], { seq: 40_000, timestamp: 9_000_000 });
    packets.forEach((packet) => ingest.push(packet, 0));
    const again = clip('h264', [keyframe(Buffer.of(3)), keyframe(Buffer.of(5))], {
      seq: 20_000,
      timestamp: 0,
    });
    again.packets.forEach((packet, index) => ingest.push(packet, index * 3000));
    expect(units.map((unit) => unit.data)).to.deep.equal([keyframe(Buffer.of(1)), keyframe(Buffer.of(5))]);
  });

  it('takes packets of padding alone as numbers without a picture', () => {
    const { hub, packets, units } = observedHub();
    const ingest = hub.begin('vp8');
    const pictures = [vp8Frame(true, Buffer.of(1)), vp8Frame(false, Buffer.of(2))];
    const [first, second] = clip('vp8', pictures).packets;
    const padding = writeRtp({
      marker: false,
      payloadType: 96,
      sequenceNumber: 1,
      timestamp: 0,
      ssrc: 7,
      payload: Buffer.alloc(0),
    });
    second?.writeUInt16BE(2, 2);
    for (const packet of [first, padding, second]) ingest.push(packet ?? padding, 0);
    expect(packets).to.have.length(3);
    expect(units.map((unit) => unit.data)).to.deep.equal(pictures);
    expect(hub.stats()).to.include({ packetsLost: 0, accessUnitsDropped: 0 });
  });

  it('says when the codec changes', () => {
    const { hub } = observedHub();
    const changes: VideoCodec[] = [];
    hub.onCodecChange((codec) => changes.push(codec));
    const first = hub.begin('h264');
    expect(hub.codec).to.equal(undefined);
    clip('h264', [keyframe(Buffer.of(1))]).packets.forEach((packet) => first.push(packet, 0));
    expect(hub.codec).to.equal('h264');
    const second = hub.begin('vp8');
    clip('vp8', [vp8Frame(true, Buffer.of(1))]).packets.forEach((packet) => second.push(packet, 0));
    expect(changes).to.deep.equal(['vp8']);
    expect(hub.size).to.deep.equal({ width: 640, height: 360 });
  });

  it('asks for a keyframe at the start and after a loss, once a second at most', () => {
    let now = 0;
    let asked = 0;
    const { hub } = observedHub(() => now);
    const ingest = hub.begin('h264', { requestKeyframe: () => (asked += 1) });
    const pictures = [
      deltaFrame(Buffer.of(1)),
      keyframe(Buffer.of(1)),
      ...Array<Buffer>(70).fill(deltaFrame(Buffer.of(1))),
    ];
    const { packets } = clip('h264', pictures);
    packets.slice(0, 2).forEach((packet) => ingest.push(packet, now));
    expect(asked).to.equal(1);
    hub.requestKeyframe();
    expect(asked).to.equal(1);
    now = 1500;
    // The third packet is lost; 61 packets later the hole is given up.
    packets.slice(3).forEach((packet) => ingest.push(packet, now));
    expect(asked).to.equal(2);
    expect(hub.stats()).to.include({ packetsLost: 1, accessUnits: 1 });
  });

  it('keeps for a new viewer what came since the last keyframe, packets behind a hole included', () => {
    const { hub, packets: forwarded, units } = observedHub();
    const ingest = hub.begin('h264');
    expect(hub.gopPackets()).to.deep.equal([]);
    const pictures = [
      keyframe(Buffer.of(1)),
      deltaFrame(Buffer.of(1)),
      keyframe(new Uint8Array(300)),
      deltaFrame(Buffer.of(1)),
    ];
    const { packets } = clip('h264', [...pictures, deltaFrame(Buffer.of(3)), deltaFrame(Buffer.of(5))]);
    const hole = packets.length - 2;
    packets.forEach((packet, index) => {
      if (index !== hole) ingest.push(packet, 0);
    });
    const last = forwarded.slice(2);
    expect(hub.gopPackets()).to.deep.equal(last);
    expect(hub.gopUnits()).to.deep.equal(units.slice(2));
    hub.close();
    expect(hub.gopPackets()).to.deep.equal([]);
  });
});
