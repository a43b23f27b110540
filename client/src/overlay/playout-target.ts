/** Browsers hold video back by no more than four seconds, and nobody wants a picture older than this. */
const longestMs = 3000;
/** Room for the next analysed frame, so that boxes can be interpolated, and for the way here. */
const roomMs = 150;
const stepMs = 100;

/**
 * How long to hold the picture back: as the server says, and longer where its analysis is slower than that, because
 * a box on the right frame a little later is worth more than no box in time.
 *
 * @param baseMs what the server asks for
 * @param currentMs what is in force
 * @param latencyMs what analysis takes for nearly all frames; undefined while unknown
 * @returns what should be in force, in milliseconds; the same as `currentMs` while a change would not be worth its jerk
 */
export function playoutTarget(baseMs: number, currentMs: number, latencyMs: number | undefined): number {
  if (latencyMs === undefined) return currentMs;
  const needed = Math.ceil((latencyMs + roomMs) / stepMs) * stepMs;
  const wanted = Math.max(baseMs, Math.min(longestMs, needed));
  const worthLowering = wanted < currentMs * 0.6 || wanted === baseMs;
  return wanted > currentMs || worthLowering ? wanted : currentMs;
}
