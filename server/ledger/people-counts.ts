import type { MaskLabel } from '../../models/mask-classifier.js';
import type { PeopleCounts } from '../realtime/events.js';

/** Nobody. */
export const nobody: PeopleCounts = Object.freeze({ mask: 0, no_mask: 0, incorrect: 0, unknown: 0 });

/** Adds `by` people (also a negative number) to one state. */
export function withPeople(counts: PeopleCounts, state: MaskLabel, by: number): PeopleCounts {
  return { ...counts, [state]: counts[state] + by };
}

/** The sum of two counts, state by state. */
export function addCounts(a: PeopleCounts, b: PeopleCounts): PeopleCounts {
  return {
    mask: a.mask + b.mask,
    no_mask: a.no_mask + b.no_mask,
    incorrect: a.incorrect + b.incorrect,
    unknown: a.unknown + b.unknown,
  };
}

/** True when both count the same. */
export function sameCounts(a: PeopleCounts, b: PeopleCounts): boolean {
  return (
    a.mask === b.mask && a.no_mask === b.no_mask && a.incorrect === b.incorrect && a.unknown === b.unknown
  );
}

/**
 * The share of people who wear a mask correctly among those whose state is decided, 0..1.
 *
 * @returns null when nobody's state is decided: no people is no value, not 100 %
 */
export function complianceOf({ mask, no_mask, incorrect }: PeopleCounts): number | null {
  const decided = mask + no_mask + incorrect;
  return decided === 0 ? null : mask / decided;
}
