const ticksPerSecond = 90_000;

/**
 * Chooses the pictures of which frames are wanted: at most one in each slot of 1/fps seconds. Slots are counted on the
 * stream's own timestamps, so jitter in arrival changes nothing and the mean rate is exact.
 */
export class FrameRateGate {
  #fps: number;
  #lastSlot: number | undefined;

  /** @param fps frames a second at most, above 0 */
  constructor(fps: number) {
    this.#fps = fps;
  }

  setFps(fps: number): void {
    this.#fps = fps;
    this.#lastSlot = undefined;
  }

  /** @param extendedTimestamp of the picture, in 90 kHz ticks */
  wants(extendedTimestamp: number): boolean {
    const slot = Math.floor((extendedTimestamp * this.#fps) / ticksPerSecond);
    if (slot === this.#lastSlot) return false;
    this.#lastSlot = slot;
    return true;
  }
}
