/** How long to wait between attempts. */
export interface BackoffLimits {
  /** Greatest wait after the first failure, in milliseconds. */
  readonly firstMs: number;
  /** Greatest wait of all, in milliseconds. */
  readonly mostMs: number;
}

/**
 * Exponential backoff with jitter: the ceiling doubles with each failure up to `mostMs`, the wait lies between half the
 * ceiling and all of it, so cameras that failed together do not come back together.
 *
 * @param failures in a row, at least 1
 * @param random 0..1
 * @returns milliseconds to wait
 */
export function backoffMs(failures: number, random: number, { firstMs, mostMs }: BackoffLimits): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return ceiling * (0.5 + random / 2);
}
