import type { PeopleCounts } from '../realtime/events.js';
import type { Way } from './line-watch.js';

/** What a row of zone minutes counts: people who entered an area, or who crossed a line in one direction. */
export type ZoneFlow = 'entered' | Way;

/** What is added to one minute of one zone; people may be negative when a person's state is corrected. */
export interface ZoneDelta {
  readonly people: PeopleCounts;
  /** People times time inside, in milliseconds: divided by `watchedMs` it is the mean occupancy. */
  readonly occupancyMs: number;
  /** Most people inside at once. */
  readonly occupancyMax: number;
  /** Length of the stays that ended in this minute, in milliseconds, and their number. */
  readonly dwellMs: number;
  readonly stays: number;
  /** How long the camera was watched. */
  readonly watchedMs: number;
}

/** Nothing to add. */
export const noZoneDelta: ZoneDelta = {
  people: { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 },
  occupancyMs: 0,
  occupancyMax: 0,
  dwellMs: 0,
  stays: 0,
  watchedMs: 0,
};

/** What a watch wants written. */
export interface ZoneChange {
  readonly zoneId: string;
  readonly flow: ZoneFlow;
  /** Start of the minute, epoch milliseconds. */
  readonly minuteAt: number;
  readonly delta: Partial<ZoneDelta>;
}
