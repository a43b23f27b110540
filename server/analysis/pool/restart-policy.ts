/** Limits of `RestartPolicy`, in milliseconds and restarts. */
export interface RestartLimits {
  readonly restarts: number;
  readonly restartWindowMs: number;
  readonly degradedRetryMs: number;
}

/** What to do about a process that died. */
export interface RestartDecision {
  /** True when it died too often: something is wrong that a restart does not mend. */
  readonly degraded: boolean;
  /** How long to wait before it is started again. */
  readonly delayMs: number;
}

/** Restarts at once, until that has happened too often in too short a time. */
export class RestartPolicy {
  readonly #limits: RestartLimits;
  #recentMs: number[] = [];

  constructor(limits: RestartLimits) {
    this.#limits = limits;
  }

  /** @param nowMs when the process died */
  died(nowMs: number): RestartDecision {
    this.#recentMs = this.#recentMs.filter((ms) => nowMs - ms < this.#limits.restartWindowMs);
    this.#recentMs.push(nowMs);
    const degraded = this.#recentMs.length > this.#limits.restarts;
    return { degraded, delayMs: degraded ? this.#limits.degradedRetryMs : 0 };
  }
}
