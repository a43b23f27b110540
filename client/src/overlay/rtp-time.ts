/** Ticks of the RTP video clock in one millisecond (90 kHz, RFC 6184 section 8.2.1, RFC 7741 section 6.1). */
export const ticksPerMs = 90;

/**
 * The signed distance from one RTP timestamp to another, right across the 32-bit wrap (RFC 3550, section 5.1).
 *
 * @param later uint32
 * @param earlier uint32
 * @returns ticks from `earlier` to `later`, -2^31..2^31-1; negative when `later` is in fact the earlier one
 */
export function rtpDifference(later: number, earlier: number): number {
  return (later - earlier) | 0;
}
