/**
 * Decides when a changing text is worth reading out: a screen reader that is told of every count is of no use.
 * Holds no timer; the caller offers the text as often as it likes.
 */
export class Announcer {
  readonly #pauseMs: number;
  #said: string | undefined;
  #saidAtMs = -Infinity;

  /** @param pauseMs least time between two announcements */
  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs;
  }

  /** @returns the text when it should be read out now */
  offer(text: string, nowMs: number): string | undefined {
    if (text === this.#said || nowMs - this.#saidAtMs < this.#pauseMs) return undefined;
    this.#said = text;
    this.#saidAtMs = nowMs;
    return text;
  }
}
