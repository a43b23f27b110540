import type { PeopleCounts, Visit } from '../realtime/events.js';

/** One moment on both clocks: durations use the monotonic one, only labels use the wall clock. */
export interface Moment {
  readonly epochMs: number;
  readonly monotonicMs: number;
}

/** What a ledger wants written. */
export type LedgerChange =
  /** A stay began, changed its state or ended: kept and told. */
  | { readonly type: 'visit'; readonly visit: Visit }
  /** A person is still there: kept, so that a crash loses little of the stay, but not told. */
  | { readonly type: 'touch'; readonly visit: Visit }
  /** People to add to (or take from) the minute they were first seen in. */
  | {
      readonly type: 'people';
      readonly cameraId: string;
      readonly minuteAt: number;
      readonly people: PeopleCounts;
    }
  /** Time to add to the minute in which the camera was watched. */
  | {
      readonly type: 'watched';
      readonly cameraId: string;
      readonly minuteAt: number;
      readonly watchedMs: number;
    };

/** The start of the minute that a moment lies in; both in epoch milliseconds. */
export function minuteOf(epochMs: number): number {
  return Math.floor(epochMs / 60_000) * 60_000;
}
