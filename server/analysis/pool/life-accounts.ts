import { dropReasons, type CameraAccount, type DropReason, type FrameAccount } from '../messages.js';
import { noDrops } from '../process/frame-ledger.js';

/**
 * The books of one camera over all lives of its processes, seen from the serving process. They balance at every moment. A
 * process tells of its drops once a second; what it did not tell of when it died is lost.
 */
export class LifeAccounts {
  #received = 0;
  #processed = 0;
  #lost = 0;
  readonly #dropped: Record<DropReason, number> = noDrops();
  /** Of the present life: what went in, what came out, and what its process told last. */
  #sent = 0;
  #results = 0;
  #told: FrameAccount | undefined;

  /** A unit came from the source. */
  received(): void {
    this.#received++;
  }

  /** It went to the process. */
  sent(): void {
    this.#sent++;
  }

  /** It came out of the process as tracks. */
  processed(): void {
    this.#processed++;
    this.#results++;
  }

  /** It did not go to the process. */
  dropped(reason: DropReason): void {
    this.#dropped[reason]++;
  }

  /** It found no process. */
  lost(): void {
    this.#lost++;
  }

  /** The process told of the present life. */
  reported(account: CameraAccount): void {
    this.#told = account;
  }

  /** The present life is over. */
  endLife(): void {
    const told = this.#told?.dropped ?? noDrops();
    for (const reason of dropReasons) this.#dropped[reason] += told[reason];
    this.#lost += this.#sent - this.#results - total(told);
    this.#sent = 0;
    this.#results = 0;
    this.#told = undefined;
  }

  account(): FrameAccount {
    const dropped = { ...this.#dropped };
    for (const reason of dropReasons) dropped[reason] += this.#told?.dropped[reason] ?? 0;
    const lost = this.#lost + (this.#told?.lost ?? 0);
    const waiting = this.#received - this.#processed - total(dropped) - lost;
    return { received: this.#received, processed: this.#processed, dropped, lost, waiting };
  }
}

function total(dropped: Readonly<Record<DropReason, number>>): number {
  return dropReasons.reduce((sum, reason) => sum + dropped[reason], 0);
}
