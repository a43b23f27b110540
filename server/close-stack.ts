/** Something with an end. */
export interface Closable {
  close(): void | Promise<void>;
}

/** Closes what was made, last first. */
export class CloseStack {
  readonly #closers: (() => void | Promise<void>)[] = [];
  #closing: Promise<void> | undefined;

  /** Takes over a part; it is closed before everything that was made earlier. */
  own<T extends Closable>(part: T): T {
    this.push(() => part.close());
    return part;
  }

  /** Takes over the end of something. */
  push(closer: () => void | Promise<void>): void {
    this.#closers.push(closer);
  }

  /**
   * Closes everything, also when some parts fail to; idempotent.
   *
   * @throws AggregateError with the errors of the parts that failed
   */
  close(): Promise<void> {
    this.#closing ??= this.#run();
    return this.#closing;
  }

  async #run(): Promise<void> {
    const errors: unknown[] = [];
    for (const closer of this.#closers.reverse()) {
      try {
        await closer();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Some parts could not be closed.');
  }
}
