import type { CountsEvent } from '../realtime/events.js';
import type { DurablePayload } from '../storage/event-log.js';
import { sameCounts } from './people-counts.js';

/** The counts of one camera as an event tells them. */
export type Counts = DurablePayload<'counts'>;

/** Lets the counts of one camera through when they changed, at most once in a while; the last change always passes. */
export class CountsGate {
  #sent: Pick<CountsEvent, 'inView' | 'today'> | undefined;
  #sentMs = Number.NEGATIVE_INFINITY;

  /** @param spacingMs least monotonic milliseconds between two passages */
  constructor(readonly spacingMs: number) {}

  /** True when these counts are to be told now; they then count as told. */
  pass(counts: Counts, monotonicMs: number): boolean {
    if (monotonicMs - this.#sentMs < this.spacingMs) return false;
    return this.passAnyway(counts, monotonicMs);
  }

  /** The same without the spacing, for the very last counts. */
  passAnyway(counts: Counts, monotonicMs: number): boolean {
    const sent = this.#sent;
    if (sent && sameCounts(sent.inView, counts.inView) && sameCounts(sent.today, counts.today)) return false;
    this.#sent = counts;
    this.#sentMs = monotonicMs;
    return true;
  }
}
