/** Encrypting and sending one takes some 15 µs: 4 ms in all, the longest that anything else should have to wait for it. */
const packetsPerTurn = 256;

/**
 * Bounds how many packets all viewers together are sent in one turn of the event loop. A camera's keyframe comes as one
 * burst; with many viewers it would hold up everything else for as long as it takes to send it to all of them.
 */
export class SendTurn {
  #left = packetsPerTurn;

  /** Whoever is refused goes on in a later turn. @returns true when one more packet may be sent in this one */
  take(): boolean {
    if (this.#left === 0) return false;
    if (this.#left === packetsPerTurn) {
      // Queued before whatever the refused ones queue, so that their next turn finds room.
      setImmediate(() => {
        this.#left = packetsPerTurn;
      });
    }
    this.#left -= 1;
    return true;
  }
}
