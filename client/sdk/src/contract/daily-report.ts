// Made from server/history/daily-report.ts by "npm run interfaces"; change it there.

import type { PeopleCounts } from './events.js';

/** People of some time with what follows from them. */
export interface ReportFigures {
  readonly people: PeopleCounts;
  /** mask / (mask + no_mask + incorrect), 0..1; null where nobody has a decided state. */
  readonly compliance: number | null;
  /** In which compliance lies with 95 % confidence. */
  readonly interval: readonly [number, number] | null;
  /**
   * Mean of the people in the pictures at once, of several cameras together, and the most in one picture; null where that was not
   * recorded.
   */
  readonly occupancyMean: number | null;
  readonly occupancyMax: number | null;
  readonly watchedSeconds: number;
}
