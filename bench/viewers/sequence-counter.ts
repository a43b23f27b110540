/** Counts the RTP packets of one viewer, and by their 16-bit sequence numbers those that never came. */
export class SequenceCounter {
  #packets = 0;
  #lost = 0;
  /** Extended number of the newest packet. */
  #highest: number | undefined;

  /** @param sequence of a packet that came, in any order */
  count(sequence: number): void {
    this.#packets++;
    if (this.#highest === undefined) {
      this.#highest = sequence;
      return;
    }
    // Signed distance on the circle of 2^16.
    const step = ((sequence - this.#highest + 0x8000) & 0xffff) - 0x8000;
    if (step > 0) {
      this.#lost += step - 1;
      this.#highest = (this.#highest + step) & 0xffff;
    } else {
      // A late one: it had been counted as lost.
      this.#lost--;
    }
  }

  /** The counts since the last call. A packet that comes after that moment makes the next count smaller. */
  take(): { readonly packets: number; readonly lost: number } {
    const counts = { packets: this.#packets, lost: this.#lost };
    this.#packets = 0;
    this.#lost = 0;
    return counts;
  }
}
