/**
 * How long to wait before the next attempt: doubling, capped, with jitter so that many pages do not come back at once.
 *
 * @param attempt failed attempts so far, from 1
 * @param random 0..1, from the caller
 * @returns milliseconds, from half to the whole of min(8000, 500 * 2^(attempt-1))
 */
export function retryDelayMs(attempt: number, random: number): number {
  const whole = Math.min(8000, 500 * 2 ** Math.min(10, Math.max(0, attempt - 1)));
  return whole / 2 + (whole / 2) * random;
}
