/** Does one piece of work after the other. */
export class WorkLine {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #life = 0;

  /** Pieces that wait or are being done. */
  get length(): number {
    return this.#waiting;
  }

  /** Adds work at the end. What it throws goes to `failed`; the rest of the line is then dropped. */
  add(work: () => void | Promise<void>, failed: (error: unknown) => void): void {
    const life = this.#life;
    this.#waiting++;
    this.#last = this.#last.then(async () => {
      try {
        if (life === this.#life) await work();
      } catch (error) {
        this.drop();
        failed(error);
      } finally {
        this.#waiting--;
      }
    });
  }

  /** Drops what waits; what is being done goes on. */
  drop(): void {
    this.#life++;
  }

  /** Resolves when the line is empty. */
  async empty(): Promise<void> {
    while (this.#waiting > 0) await this.#last;
  }
}
