import { nalType, typeOfNal } from './h264-nal.js';

/** Bytes of a fragment that are looked at: enough for the first numbers of a slice header. */
const startBytes = 18;

/** The header byte that a fragmented NAL unit had before it was cut up (RFC 6184, section 5.8). */
export function headerOfFragmented(payload: Buffer): Buffer {
  return Buffer.from([((payload[0] ?? 0) & 0xe0) | ((payload[1] ?? 0) & 0x1f)]);
}

/** NAL units that begin in this RTP payload (RFC 6184); of a fragmented one, only its beginning. */
export function nalsAtStart(payload: Buffer): Buffer[] {
  const type = typeOfNal(payload);
  if (type === nalType.stapA) return splitStapA(payload) ?? [];
  if (type !== nalType.fuA) return [payload];
  const starts = ((payload[1] ?? 0) & 0x80) !== 0;
  return starts ? [Buffer.concat([headerOfFragmented(payload), payload.subarray(2, startBytes)])] : [];
}

/** The NAL units of a STAP-A (RFC 6184, section 5.7.1); `undefined` when sizes and bytes do not match. */
export function splitStapA(payload: Buffer): Buffer[] | undefined {
  const nals: Buffer[] = [];
  for (let at = 1; at < payload.length;) {
    if (at + 2 > payload.length) return undefined;
    const size = payload.readUInt16BE(at);
    if (size === 0 || at + 2 + size > payload.length) return undefined;
    nals.push(payload.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return nals.length > 0 ? nals : undefined;
}
