const ticksPerSecond = 90_000;
/** Distances between reference pictures that are looked back on. */
const lookBack = 16;

/**
 * Tells when pictures that no other one refers to need not be decoded at all: while the pictures that others refer to come often
 * enough for the rate asked for. Where those come too seldom, a picture is left out only when no frame of it is wanted.
 */
export class DisposablePictures {
  readonly #distances: number[] = [];
  #last: number | undefined;

  /** Notes a picture that others refer to. @param extendedTimestamp in 90 kHz ticks */
  reference(extendedTimestamp: number): void {
    const distance = extendedTimestamp - (this.#last ?? extendedTimestamp);
    this.#last = extendedTimestamp;
    if (distance === 0) return;
    this.#distances.push(distance);
    if (this.#distances.length > lookBack) this.#distances.shift();
  }

  /**
   * Whether the picture at this time may be left out, whatever the rate wants of it.
   *
   * @param extendedTimestamp of a disposable picture, in 90 kHz ticks
   * @param fps frames a second that are asked for
   */
  mayGo(extendedTimestamp: number, fps: number): boolean {
    if (this.#last === undefined || this.#distances.length < lookBack) return false;
    const period = ticksPerSecond / fps;
    const since = extendedTimestamp - this.#last;
    // A distance below 0 means that the timestamps began anew.
    return since >= 0 && since < period && this.#distances.every((each) => each > 0 && each <= period);
  }
}
