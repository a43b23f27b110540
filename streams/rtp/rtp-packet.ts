/** One parsed RTP packet (RFC 3550, section 5.1); `payload` is a view on the packet, without padding. */
export interface RtpPacketView {
  readonly marker: boolean;
  readonly payloadType: number;
  /** uint16, wraps. */
  readonly sequenceNumber: number;
  /** uint32, wraps; 90 kHz for video. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

/** What goes into a packet that is written; the same units as in `RtpPacketView`. */
export type RtpPacketFields = RtpPacketView;

const fixedHeaderBytes = 12;

/**
 * Reads an RTP packet: CSRCs and the header extension are skipped, padding is cut off.
 *
 * @returns `undefined` for anything that is no RTP version 2 packet: too short, RTCP on the same port (RFC 5761,
 *   section 4), an extension or padding that runs past the packet.
 */
export function parseRtp(packet: Buffer): RtpPacketView | undefined {
  if (packet.length < fixedHeaderBytes) return undefined;
  const first = packet.readUInt8(0);
  const second = packet.readUInt8(1);
  if (first >> 6 !== 2 || (second >= 192 && second <= 223)) return undefined;
  let start = fixedHeaderBytes + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (packet.length < start + 4) return undefined;
    start += 4 + packet.readUInt16BE(start + 2) * 4;
  }
  let end = packet.length;
  if ((first & 0x20) !== 0) {
    const padding = packet.readUInt8(end - 1);
    if (padding === 0) return undefined;
    end -= padding;
  }
  if (start > end) return undefined;
  return {
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequenceNumber: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(start, end),
  };
}

/**
 * Writes a packet with the plain 12-byte header: no CSRCs, no extension, no padding. Numbers are taken modulo their
 * width, so a caller may add offsets without wrapping first. The payload is copied.
 */
export function writeRtp(fields: RtpPacketFields): Buffer {
  const packet = Buffer.allocUnsafe(fixedHeaderBytes + fields.payload.length);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8((fields.marker ? 0x80 : 0) | (fields.payloadType & 0x7f), 1);
  packet.writeUInt16BE(fields.sequenceNumber & 0xffff, 2);
  packet.writeUInt32BE(fields.timestamp >>> 0, 4);
  packet.writeUInt32BE(fields.ssrc >>> 0, 8);
  fields.payload.copy(packet, fixedHeaderBytes);
  return packet;
}
