import { nalType, splitAnnexB, typeOfNal } from '../../streams/rtp/h264-nal.js';
import { writeRtp } from '../../streams/rtp/rtp-packet.js';

/** What the packets of one picture carry; `seq` is that of the first packet. */
export interface PacketiseOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly timestamp: number;
  readonly seq: number;
  /** Greatest size of an RTP packet in bytes, its 12-byte header included. */
  readonly mtu: number;
  /** Parameter sets and other small NAL units travel together in one STAP-A; true where absent. */
  readonly aggregate?: boolean;
}

/**
 * Cuts one H.264 picture (Annex B) into RTP packets (RFC 6184, packetization mode 1): STAP-A for runs of small units,
 * single NAL unit packets, FU-A for large ones. The last packet has the marker bit.
 */
export function packetise(accessUnit: Buffer, options: PacketiseOptions): Buffer[] {
  const room = options.mtu - 12;
  const payloads: Buffer[] = [];
  let small: Buffer[] = [];
  const flush = (): void => {
    if (small.length === 1) payloads.push(...small);
    else if (small.length > 1) payloads.push(stapA(small));
    small = [];
  };
  for (const nal of splitAnnexB(accessUnit)) {
    const together = 1 + [...small, nal].reduce((sum, each) => sum + 2 + each.length, 0);
    if (together > room || options.aggregate === false) flush();
    if (nal.length > room) {
      flush();
      payloads.push(...fuA(nal, room));
    } else {
      small.push(nal);
    }
  }
  flush();
  return toPackets(payloads, options);
}

/** Cuts one VP8 frame into RTP packets with the one-byte payload descriptor (RFC 7741, section 4.2). */
export function packetiseVp8(frame: Buffer, options: PacketiseOptions): Buffer[] {
  const room = options.mtu - 13;
  const payloads: Buffer[] = [];
  for (let at = 0; at < frame.length; at += room) {
    payloads.push(Buffer.concat([Buffer.from([at === 0 ? 0x10 : 0]), frame.subarray(at, at + room)]));
  }
  return toPackets(payloads, options);
}

function toPackets(payloads: readonly Buffer[], options: PacketiseOptions): Buffer[] {
  return payloads.map((payload, index) =>
    writeRtp({
      marker: index === payloads.length - 1,
      payloadType: options.payloadType,
      sequenceNumber: options.seq + index,
      timestamp: options.timestamp,
      ssrc: options.ssrc,
      payload,
    }),
  );
}

function stapA(nals: readonly Buffer[]): Buffer {
  const importance = Math.max(...nals.map((nal) => (nal[0] ?? 0) & 0x60));
  const parts = nals.flatMap((nal) => {
    const size = Buffer.alloc(2);
    size.writeUInt16BE(nal.length);
    return [size, nal];
  });
  return Buffer.concat([Buffer.from([importance | nalType.stapA]), ...parts]);
}

function fuA(nal: Buffer, room: number): Buffer[] {
  const indicator = ((nal[0] ?? 0) & 0xe0) | nalType.fuA;
  const fragments: Buffer[] = [];
  for (let at = 1; at < nal.length; at += room - 2) {
    const end = Math.min(at + room - 2, nal.length);
    const flags = (at === 1 ? 0x80 : 0) | (end === nal.length ? 0x40 : 0);
    fragments.push(Buffer.concat([Buffer.from([indicator, flags | typeOfNal(nal)]), nal.subarray(at, end)]));
  }
  return fragments;
}
