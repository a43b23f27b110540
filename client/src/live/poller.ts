/** Does something again and again, with a pause after each time, never twice at once. */
export class Poller {
  readonly #task: () => Promise<void>;
  readonly #pauseMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /**
   * Starts at once.
   *
   * @param task must not reject: what goes wrong is its own to show
   * @param pauseMs between the end of one and the start of the next
   */
  constructor(task: () => Promise<void>, pauseMs: number) {
    this.#task = task;
    this.#pauseMs = pauseMs;
    void this.#run();
  }

  /** Stops after the task that runs now; idempotent. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    await this.#task();
    if (!this.#closed) this.#timer = setTimeout(() => void this.#run(), this.#pauseMs);
  }
}
