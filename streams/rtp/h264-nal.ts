/** NAL unit types of H.264 that this product tells apart (ITU-T H.264, table 7-1; RFC 6184, section 5.2). */
export const nalType = {
  slice: 1,
  idr: 5,
  sps: 7,
  pps: 8,
  /** Access unit delimiter. */
  delimiter: 9,
  stapA: 24,
  fuA: 28,
} as const;

const startCode = Buffer.from([0, 0, 0, 1]);

/** @returns the type of a NAL unit, 0..31; 0 for an empty one */
export function typeOfNal(nal: Uint8Array): number {
  return (nal[0] ?? 0) & 0x1f;
}

/** Whether a NAL unit is a slice of a picture, whole or a partition of it. */
export function isSlice(nal: Uint8Array): boolean {
  const type = typeOfNal(nal);
  return type >= nalType.slice && type <= nalType.idr;
}

/** Whether other pictures may refer to what is in a NAL unit (`nal_ref_idc`, ITU-T H.264, section 7.4.1). */
export function isReference(nal: Uint8Array): boolean {
  return ((nal[0] ?? 0) & 0x60) !== 0;
}

/** Puts NAL units into one Annex B byte stream, each behind a four-byte start code (ITU-T H.264, annex B). */
export function joinAnnexB(nals: readonly Buffer[]): Buffer {
  return Buffer.concat(nals.flatMap((nal) => [startCode, nal]));
}

/**
 * Cuts an Annex B byte stream into its NAL units, without start codes and without the zero bytes that may follow a
 * unit. Anything before the first start code is no NAL unit and is left out. The units are views on `stream`.
 */
export function splitAnnexB(stream: Buffer): Buffer[] {
  const marks: number[] = [];
  for (let at = stream.indexOf('\0\0\x01', 0, 'latin1'); at !== -1;) {
    marks.push(at);
    at = stream.indexOf('\0\0\x01', at + 3, 'latin1');
  }
  return marks
    .map((mark, index) => {
      let end = marks[index + 1] ?? stream.length;
      while (end > mark + 3 && stream[end - 1] === 0) end -= 1;
      return stream.subarray(mark + 3, end);
    })
    .filter((nal) => nal.length > 0);
}

/** Removes the emulation prevention bytes of a NAL unit (ITU-T H.264, section 7.3.1): `00 00 03` becomes `00 00`. */
export function unescapeNal(nal: Buffer): Buffer {
  const raw = Buffer.allocUnsafe(nal.length);
  let length = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    raw[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return raw.subarray(0, length);
}
