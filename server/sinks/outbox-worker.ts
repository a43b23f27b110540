import { createHash } from 'node:crypto';
import type { OutboxBounds, OutboxRow, OutboxStore } from '../storage/outbox-store.js';
import { type Carrier, deliveryError, retryDelayMs } from './delivery.js';
import type { Notice } from './notice.js';

/** What a worker stands on. */
export interface OutboxWorkerOptions {
  readonly sinkId: string;
  readonly carrier: Carrier;
  readonly outbox: OutboxStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** 0..1. */
  readonly random: () => number;
  readonly bounds?: OutboxBounds;
  /** Tries before a message is given up: 20, which takes about four hours. */
  readonly mostAttempts?: number;
  /** Told when storage fails; the message stays. */
  readonly onProblem: (error: unknown) => void;
}

/** A day of a bad connection, and enough behind it to look back. */
export const usualBounds: OutboxBounds = { waiting: 1000, finished: 500 };
/** Timers go no farther. */
const longestWaitMs = 60_000;

/** Sends the messages of one sink, one at a time and in order; a failure holds all of them back for a while. */
export class OutboxWorker {
  readonly #options: Required<OutboxWorkerOptions>;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<void> | undefined;
  /** Epoch milliseconds before which nothing is tried. */
  #restUntil = 0;
  #problem: string | undefined;

  constructor(options: OutboxWorkerOptions) {
    this.#options = { bounds: usualBounds, mostAttempts: 20, ...options };
  }

  /** Why the last try failed; undefined after a success. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Epoch milliseconds before which nothing is tried, because of an earlier failure; 0 where there was none. */
  get restUntil(): number {
    return this.#restUntil;
  }

  /** Looks whether something is to be sent. @param anew forgets an earlier failure, as after a changed setting */
  wake(anew = false): void {
    if (this.#stopping.signal.aborted) return;
    if (anew) this.#restUntil = 0;
    clearTimeout(this.#timer);
    this.#busy ??= this.#run().finally(() => {
      this.#busy = undefined;
      this.#sleep();
    });
  }

  /** Stops; a message that is under way is broken off and stays. Idempotent. */
  async close(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#busy;
    await this.#options.carrier.close();
  }

  async #run(): Promise<void> {
    const { outbox, sinkId, bounds, now, onProblem } = this.#options;
    try {
      outbox.trim(sinkId, bounds, now());
      while (!this.#stopping.signal.aborted && now() >= this.#restUntil) {
        const row = outbox.due(sinkId, now());
        if (row === undefined) return;
        await this.#send(row);
      }
    } catch (error) {
      this.#restUntil = now() + 5000;
      onProblem(error);
    }
  }

  async #send(row: OutboxRow): Promise<void> {
    const { outbox, carrier, now, random, mostAttempts } = this.#options;
    const attempt = row.attempts + 1;
    try {
      const notice = JSON.parse(row.message) as Notice;
      await carrier.deliver({ deliveryId: deliveryIdOf(row), attempt, notice }, this.#stopping.signal);
    } catch (thrown) {
      if (this.#stopping.signal.aborted) return;
      const { message, permanent, retryAfterMs = 0 } = deliveryError(thrown);
      this.#problem = message;
      const at = now();
      const wait = Math.max(retryAfterMs, retryDelayMs(attempt, random()));
      outbox.failed(row.itemId, message, at + wait);
      if (permanent || attempt >= mostAttempts) outbox.dead(row.itemId, message, at);
      // One that is refused says nothing against the next.
      if (!permanent) this.#restUntil = at + wait;
      return;
    }
    this.#problem = undefined;
    outbox.sent(row.itemId, now());
  }

  #sleep(): void {
    if (this.#stopping.signal.aborted) return;
    const { outbox, sinkId, now } = this.#options;
    const next = outbox.nextDueAt(sinkId);
    if (next === undefined) return;
    const wait = Math.max(next, this.#restUntil) - now();
    this.#timer = setTimeout(() => this.wake(), Math.min(longestWaitMs, Math.max(1, wait)));
    this.#timer.unref();
  }
}

/** A name for a message that is the same for each try and says nothing. */
function deliveryIdOf({ sinkId, news }: OutboxRow): string {
  return createHash('sha256').update(`${sinkId} ${news}`).digest('hex').slice(0, 32);
}
