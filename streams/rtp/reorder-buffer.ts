/** One item in order, and how many sequence numbers before it were given up. */
export interface InOrder<T> {
  readonly item: T;
  readonly lostBefore: number;
}

/** Bounds of the wait for a missing packet. */
export interface ReorderLimits {
  /** Packets held behind a hole before it is given up. */
  readonly packets: number;
  /** Age of the oldest held packet, in milliseconds, at which the hole is given up; matters at low packet rates. */
  readonly ms: number;
}

/** Room for one retransmission at camera rates: 60 packets are a quarter of a second at 2 Mbit/s. */
export const defaultReorderLimits: ReorderLimits = { packets: 60, ms: 500 };

interface Held<T> {
  readonly item: T;
  readonly arrivalMs: number;
}

/** Puts packets back into order. Packets behind a hole wait within limits, then the hole counts as lost. */
export class ReorderBuffer<T> {
  readonly #limits: ReorderLimits;
  readonly #held = new Map<number, Held<T>>();
  #next: number | undefined;

  constructor(limits: ReorderLimits = defaultReorderLimits) {
    this.#limits = limits;
  }

  /**
   * Takes one item.
   *
   * @param sequence unwrapped sequence number; the first one given is where the order starts
   * @param arrivalMs on any clock that does not run backwards
   * @returns the items that are now in order, or `late` for a duplicate or one whose place was given up
   */
  insert(sequence: number, item: T, arrivalMs: number): InOrder<T>[] | 'late' {
    this.#next ??= sequence;
    if (sequence < this.#next || this.#held.has(sequence)) return 'late';
    this.#held.set(sequence, { item, arrivalMs });
    const ready = this.#drain(0);
    while (this.#held.size > this.#limits.packets || this.#oldestIsDue(arrivalMs)) {
      const first = Math.min(...this.#held.keys());
      const lost = first - this.#next;
      this.#next = first;
      ready.push(...this.#drain(lost));
    }
    return ready;
  }

  /** Items that wait behind a hole, in order of their sequence numbers. */
  held(): T[] {
    return [...this.#held].sort(([a], [b]) => a - b).map(([, held]) => held.item);
  }

  #drain(lostBeforeFirst: number): InOrder<T>[] {
    const ready: InOrder<T>[] = [];
    let next = this.#next ?? 0;
    for (let held = this.#held.get(next); held !== undefined; held = this.#held.get(next)) {
      ready.push({ item: held.item, lostBefore: ready.length === 0 ? lostBeforeFirst : 0 });
      this.#held.delete(next);
      next += 1;
    }
    this.#next = next;
    return ready;
  }

  #oldestIsDue(nowMs: number): boolean {
    // A map keeps the order of insertion, so its first entry has waited longest.
    for (const held of this.#held.values()) return nowMs - held.arrivalMs > this.#limits.ms;
    return false;
  }
}
