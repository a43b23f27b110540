const ticksPerSecond = 90_000;
/** A picture may come this part of the period before its time: cameras tremble. */
const early = 0.25;

/**
 * Chooses the pictures of which frames are wanted: one in each 1/fps seconds, as evenly as the pictures allow. Times are the
 * stream's own timestamps, so jitter in arrival changes nothing and the mean rate is exact.
 */
export class FrameRateGate {
  #period: number;
  /** When the next picture is wanted, in ticks; `undefined` before the first. */
  #due: number | undefined;

  /** @param fps frames a second at most, above 0 */
  constructor(fps: number) {
    this.#period = ticksPerSecond / fps;
  }

  /** Changes the rate from the last wanted picture on: that one does not count twice. */
  setFps(fps: number): void {
    const period = ticksPerSecond / fps;
    if (this.#due !== undefined) this.#due += period - this.#period;
    this.#period = period;
  }

  /** @param extendedTimestamp of the picture, in 90 kHz ticks */
  wants(extendedTimestamp: number): boolean {
    const due = this.#due ?? extendedTimestamp;
    // Far before its time means that the timestamps began anew.
    const again = extendedTimestamp < due - 2 * this.#period;
    if (!again && extendedTimestamp < due - early * this.#period) return false;
    const next = due + this.#period;
    this.#due = again || next <= extendedTimestamp ? extendedTimestamp + this.#period : next;
    return true;
  }
}
