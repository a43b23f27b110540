import type { PeopleCounts } from '../../../server/realtime/events.js';

/** Nobody in any state. */
export const nobody: PeopleCounts = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };

/** The sum by state. */
export function addPeople(a: PeopleCounts, b: PeopleCounts): PeopleCounts {
  return {
    mask: a.mask + b.mask,
    no_mask: a.no_mask + b.no_mask,
    incorrect: a.incorrect + b.incorrect,
    unknown: a.unknown + b.unknown,
  };
}

/** People with a decided state. */
export function decidedPeople(counts: PeopleCounts): number {
  return counts.mask + counts.no_mask + counts.incorrect;
}

/** All people, the undecided included. */
export function allPeople(counts: PeopleCounts): number {
  return decidedPeople(counts) + counts.unknown;
}

/** mask / decided, 0..1; null where nobody has a decided state, because no people is no value, not 100 %. */
export function complianceOf(counts: PeopleCounts): number | null {
  const decided = decidedPeople(counts);
  return decided === 0 ? null : counts.mask / decided;
}
