/**
 * Spreads the first attempts of many cameras: the first goes at once, the others one after the other, so that a start
 * with many cameras opens at most `1000 / spacingMs` a second.
 */
export class StartSlots {
  readonly #spacingMs: number;
  #nextMs = -Infinity;

  constructor(spacingMs: number) {
    this.#spacingMs = spacingMs;
  }

  /**
   * @param random 0..1, moves each slot by up to a quarter of the spacing
   * @returns milliseconds to wait from now
   */
  take(nowMs: number, random: number): number {
    const slotMs = Math.max(nowMs, this.#nextMs);
    this.#nextMs = slotMs + this.#spacingMs * (1 + random / 4);
    return slotMs - nowMs;
  }
}
