import {
  dropReasons,
  type AnalysisEffort,
  type CameraAccount,
  type DropReason,
  type FrameAccount,
} from '../messages.js';
import { noDrops } from '../process/frame-ledger.js';

const noEffort: AnalysisEffort = { effectiveFps: 0, unmoved: 0, faces: 0, classified: 0 };

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
  #told: CameraAccount | undefined;
  /** Of all earlier lives. */
  #effort: AnalysisEffort = noEffort;

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
    this.#effort = { ...this.effort(), effectiveFps: 0 };
    this.#lost += this.#sent - this.#results - total(told);
    this.#sent = 0;
    this.#results = 0;
    this.#told = undefined;
  }

  /** What the analysis took; its counts over all lives. */
  effort(): AnalysisEffort {
    const { effectiveFps, unmoved, faces, classified } = this.#told?.effort ?? noEffort;
    return {
      effectiveFps,
      unmoved: this.#effort.unmoved + unmoved,
      faces: this.#effort.faces + faces,
      classified: this.#effort.classified + classified,
    };
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
