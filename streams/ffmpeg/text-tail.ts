/** Keeps the last lines of a text that never ends, within fixed memory. */
export class TextTail {
  readonly #lines: string[] = [];
  readonly #maxLines: number;
  readonly #maxLength: number;

  /**
   * @param maxLines how many lines are kept
   * @param maxLength characters kept of each line
   */
  constructor(maxLines = 30, maxLength = 400) {
    this.#maxLines = maxLines;
    this.#maxLength = maxLength;
  }

  push(line: string): void {
    this.#lines.push(line.slice(0, this.#maxLength));
    if (this.#lines.length > this.#maxLines) this.#lines.shift();
  }

  /** Oldest first. */
  lines(): readonly string[] {
    return [...this.#lines];
  }
}
