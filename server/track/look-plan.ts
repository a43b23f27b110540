import { confidence, type Vote } from './vote.js';

/** When a person is to be looked at again. */
export interface LookPlan {
  readonly dueMs: number;
  /** Between the last look and the next one, in milliseconds; 0 means at every frame. */
  readonly intervalMs: number;
}

/** A person of whom nothing is known is looked at at once. */
export const atOnce: LookPlan = { dueMs: -Infinity, intervalMs: 0 };

/** A state that holds this part of the evidence, 0..1, is not in question. */
const sure = 0.85;
const shortestMs = 200;
/** The vote counts no longer gap than this towards a change, so a longer one would only delay it. */
const longestMs = 1000;

/**
 * Plans the next look: a person whose state is decided and not in question is looked at less and less often, down to once a
 * second; everybody else at every frame.
 *
 * @param before the plan that this look was made by
 * @param vote after the look
 */
export function afterLook(before: LookPlan, vote: Vote, atMs: number): LookPlan {
  const settled = vote.decided !== 'unknown' && vote.challenger === undefined && confidence(vote) >= sure;
  const intervalMs = settled ? Math.min(longestMs, Math.max(shortestMs, 2 * before.intervalMs)) : 0;
  return { dueMs: atMs + intervalMs, intervalMs };
}
