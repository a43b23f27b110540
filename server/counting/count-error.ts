import { type MaskLabel, wornStates } from '../../models/mask-classifier.js';
import type { ReplayedFrame } from '../replay/replay-clip.js';
import { peopleSeen, type PersonSeen } from '../replay/people-seen.js';
import type { ClipTruth } from './clip-truth.js';
import { hota, type Hota } from './hota.js';
import { scoreIdentities } from './identity-score.js';
import { labelFrame } from './labelled-frame.js';

/** How well the people of one clip were counted. */
export interface CountReport extends Hota {
  readonly clip: string;
  /** People who are there. */
  readonly people: number;
  /** People who were counted. */
  readonly counted: number;
  /** Of each state: how many are there and how many were counted. */
  readonly states: Readonly<Record<MaskLabel, { readonly truth: number; readonly counted: number }>>;
  /** Sum over the three states of |counted - there|, in people. */
  readonly stateError: number;
  /** People found whose counted state is decided and wrong. */
  readonly wrongState: number;
  /** Share of counted people whose state stayed `unknown`, 0..1; null where nobody was counted. */
  readonly unknownShare: number | null;
  readonly idf1: number | null;
  readonly switches: number;
}

/**
 * Judges the count of a clip.
 *
 * @param frames every analysed frame of the clip, in order
 */
export function judgeCount(truth: ClipTruth, frames: readonly ReplayedFrame[]): CountReport {
  const labelled = frames.map((frame) => labelFrame(truth, frame));
  const inScope = new Set(labelled.flatMap(({ reported }) => reported.map(({ id }) => id)));
  // Whoever was seen only where the truth tells nothing is no error.
  const counted = peopleSeen(frames).filter(({ trackId }) => inScope.has(trackId));
  const { idf1, switches, partners } = scoreIdentities(labelled);
  const byId = new Map(counted.map((person) => [person.trackId, person]));
  const states = {
    mask: tally('mask', truth, counted),
    no_mask: tally('no_mask', truth, counted),
    incorrect: tally('incorrect', truth, counted),
    unknown: tally('unknown', truth, counted),
  };
  return {
    clip: truth.clip,
    people: truth.people.length,
    counted: counted.length,
    states,
    stateError: wornStates.reduce(
      (sum, state) => sum + Math.abs(states[state].counted - states[state].truth),
      0,
    ),
    wrongState: truth.people.filter(({ id, state }) => {
      const seen = byId.get(partners.get(id) ?? '')?.state;
      return seen !== undefined && seen !== 'unknown' && seen !== state;
    }).length,
    unknownShare: counted.length === 0 ? null : states.unknown.counted / counted.length,
    idf1,
    switches,
    ...hota(labelled),
  };
}

function tally(state: MaskLabel, truth: ClipTruth, counted: readonly PersonSeen[]) {
  return {
    truth: truth.people.filter((person) => person.state === state).length,
    counted: counted.filter((person) => person.state === state).length,
  };
}
