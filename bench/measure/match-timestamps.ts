const wrap = 2 ** 32;
/** Every so many of the timestamps are tried as the one to start from. */
const anchorsApart = 8;

/**
 * Finds by how much the RTP timestamps of a camera were moved on their way, so that a picture that came out can be told from
 * those that went in. A muxer adds one random number to all of them; that the camera's pictures are not evenly spaced
 * makes the number unique.
 *
 * @param sent timestamps as the camera sent them
 * @param seen timestamps as they came out: some of those sent, in order
 * @returns what to subtract (modulo 2^32) from one seen to get one sent; `undefined` where nothing fits nearly all
 */
export function timestampOffset(sent: readonly number[], seen: readonly number[]): number | undefined {
  const known = new Set(sent.map((timestamp) => modulo(timestamp)));
  const sample = seen.slice(-40);
  const enough = Math.max(3, sample.length * 0.8);
  const fits = (offset: number): number =>
    sample.filter((timestamp) => known.has(modulo(timestamp - offset))).length;
  // Single timestamps may be off by a tick, so one alone is not enough to start from.
  for (const anchor of sample.filter((_, n) => n % anchorsApart === 0)) {
    for (const timestamp of known) {
      const offset = modulo(anchor - timestamp);
      if (fits(offset) >= enough) return offset;
    }
  }
  return undefined;
}

/** The timestamp as the camera sent it. */
export function sentTimestamp(seen: number, offset: number): number {
  return modulo(seen - offset);
}

/**
 * Ticks by which a camera moves its n-th picture, so that no stretch of its pictures looks like another one: 0..63, less than a
 * thousandth of a second.
 */
export function signature(picture: number): number {
  // The mixing steps of MurmurHash3: neighbours and multiples come out unlike each other.
  let mixed = Math.imul(picture + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & 63;
}

function modulo(timestamp: number): number {
  return ((timestamp % wrap) + wrap) % wrap;
}
