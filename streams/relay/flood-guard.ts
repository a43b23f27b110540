import { RelayError } from './relay-problem.js';

/** More than this in a second comes from no camera: bytes (200 Mbit/s), and packets or messages. */
const mostBytes = 25_000_000;
const mostItems = 40_000;
const windowMs = 1000;

/** Gives a camera up that sends more than any camera has to: its packets take the time of everybody else. */
export class FloodGuard {
  #sinceMs = -Infinity;
  #bytes = 0;
  #items = 0;

  /**
   * Counts what came, and hands it back.
   *
   * @param bytes that the packets and messages came in
   * @param nowMs milliseconds of `monotonicMs()`
   * @throws RelayError once it is too much
   */
  checked<T>(items: readonly T[], bytes: number, nowMs: number): readonly T[] {
    if (nowMs - this.#sinceMs > windowMs) {
      this.#sinceMs = nowMs;
      this.#bytes = 0;
      this.#items = 0;
    }
    this.#bytes += bytes;
    this.#items += items.length;
    if (this.#bytes <= mostBytes && this.#items <= mostItems) return items;
    throw new RelayError('other', 'the camera sends more than any camera has to send');
  }
}
