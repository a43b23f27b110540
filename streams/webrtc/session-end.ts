/** The end of a session: happens once, for one reason, and releases everything. */
export class SessionEnd {
  /** Resolves with the reason when all is released; never rejects. */
  readonly closed: Promise<string>;
  readonly #release: () => Promise<void>;
  #settle: (reason: string) => void = () => undefined;
  #closing: Promise<void> | undefined;

  /** @param release gives everything back; called once */
  constructor(release: () => Promise<void>) {
    this.#release = release;
    this.closed = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** True from the first call of `close` on. */
  get begun(): boolean {
    return this.#closing !== undefined;
  }

  /** Ends the session. Only the first call's reason counts; all calls resolve when all is released. */
  close(reason: string): Promise<void> {
    this.#closing ??= this.#end(reason);
    return this.#closing;
  }

  async #end(reason: string): Promise<void> {
    // Releasing may call `close` again from inside; by then `#closing` must be set.
    await Promise.resolve();
    try {
      await this.#release();
      this.#settle(reason);
    } catch (error) {
      this.#settle(`${reason}; releasing it failed: ${String(error)}`);
    }
  }
}
