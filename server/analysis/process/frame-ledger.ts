import { dropReasons, type DropReason, type FrameAccount } from '../messages.js';

/**
 * Counts where the access units of one camera went. The books balance at every moment:
 * `received = processed + dropped (all reasons) + lost + waiting`.
 *
 * Units that only prime a decoder after a restart are told first. They stand outside the books: as the decoder reports no
 * names with its drops, the first outcomes, as many as there were such units, are taken to be theirs.
 */
export class FrameLedger {
  #received = 0;
  #processed = 0;
  #lost = 0;
  readonly #dropped: Record<DropReason, number> = noDrops();
  #priming = 0;

  /** A unit that counts arrived. */
  received(): void {
    this.#received++;
  }

  /** A unit arrived that was counted in an earlier life. */
  primed(): void {
    this.#priming++;
  }

  /** A frame went through the whole analysis. */
  processed(): void {
    this.#processed++;
  }

  dropped(reason: DropReason, count = 1): void {
    this.#dropped[reason] += this.#counting(count);
  }

  lost(count = 1): void {
    this.#lost += this.#counting(count);
  }

  /** Units that arrived and whose outcome is not known yet. */
  get waiting(): number {
    const dropped = dropReasons.reduce((sum, reason) => sum + this.#dropped[reason], 0);
    return this.#received - this.#processed - dropped - this.#lost;
  }

  account(): FrameAccount {
    return {
      received: this.#received,
      processed: this.#processed,
      dropped: { ...this.#dropped },
      lost: this.#lost,
      waiting: this.waiting,
    };
  }

  #counting(count: number): number {
    const priming = Math.min(count, this.#priming);
    this.#priming -= priming;
    return count - priming;
  }
}

/** Zero for every reason. */
export function noDrops(): Record<DropReason, number> {
  return { rate: 0, stale: 0, 'decoder-full': 0, 'no-keyframe': 0, undecodable: 0 };
}
