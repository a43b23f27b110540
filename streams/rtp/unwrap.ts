/**
 * Turns wrapping counters (16-bit sequence numbers, 32-bit timestamps) into growing numbers (RFC 3550, appendix A.1).
 *
 * Each value is taken as the one nearest to the newest seen, so steps of up to half the range in either direction
 * are understood; the first value stays as it is.
 */
export class Unwrapper {
  readonly #range: number;
  #newest: number | undefined;

  /** @param bits width of the counter, 1..32 */
  constructor(bits: number) {
    this.#range = 2 ** bits;
  }

  /** @returns the unwrapped value; below zero for values that precede the first one across a wrap */
  unwrap(value: number): number {
    if (this.#newest === undefined) {
      this.#newest = value;
      return value;
    }
    const range = this.#range;
    const newest = this.#newest;
    let step = (value - newest) % range;
    if (step < -range / 2) step += range;
    if (step >= range / 2) step -= range;
    const unwrapped = newest + step;
    if (unwrapped > newest) this.#newest = unwrapped;
    return unwrapped;
  }
}
