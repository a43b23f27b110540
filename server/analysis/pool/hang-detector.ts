/** Limits of `HangDetector`, in pings. */
export interface HangLimits {
  /** Pings without an answer after which a process that uses no processor time counts as hung. */
  readonly missedPingsIdle: number;
  /** Pings without an answer after which a process counts as hung whatever it does. */
  readonly missedPingsBusy: number;
}

/**
 * Tells a hung process from one that is busy: models hold the thread while they compute, and on a crowded machine that may take
 * seconds. It counts pings, not time, so that a pause of the serving process itself is not held against the other one.
 */
export class HangDetector {
  readonly #limits: HangLimits;
  #missed = 0;
  #missedIdle = 0;

  constructor(limits: HangLimits) {
    this.#limits = limits;
  }

  /** A message came: the process lives. */
  alive(): void {
    this.#missed = 0;
    this.#missedIdle = 0;
  }

  /**
   * To be called before each ping.
   *
   * @param busy tells whether the process used the processor, or waited for it, since the last call; asked only in doubt
   * @returns true when the process is hung
   */
  tick(busy: () => boolean): boolean {
    const { missedPingsIdle, missedPingsBusy } = this.#limits;
    if (this.#missed > 0) this.#missedIdle = busy() ? 0 : this.#missedIdle + 1;
    const hung = this.#missed >= missedPingsBusy || this.#missedIdle >= missedPingsIdle;
    this.#missed++;
    return hung;
  }
}
