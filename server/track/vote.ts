import {
  wornStates,
  type Classification,
  type MaskLabel,
  type WornState,
} from '../../models/mask-classifier.js';

/** The limits of the vote; times in milliseconds. */
export interface VoteSettings {
  /** Evidence loses half its weight in this time. */
  readonly halfLifeMs: number;
  /** Evidence that is needed for a first decision; one clear look at a large face is worth 1. */
  readonly enough: number;
  /** Part of the evidence that the leading state must have, 0..1, to be decided or to take over. */
  readonly majority: number;
  /** A decided state changes only after another one has led for this long without a break. */
  readonly changeAfterMs: number;
  /** Half-life of the short memory that says which state leads now. */
  readonly leadHalfLifeMs: number;
  /** Looks closer together than this show much the same picture and count in proportion to the time between them. */
  readonly fullLookMs: number;
}

/** The limits that the product runs with: a hand over the face for two seconds changes nothing, a mask taken off does. */
export const defaultVoteSettings: VoteSettings = {
  halfLifeMs: 3000,
  enough: 1.5,
  majority: 0.6,
  changeAfterMs: 2800,
  leadHalfLifeMs: 500,
  fullLookMs: 200,
};

/** One look at a person. */
export interface Look {
  readonly classification: Classification;
  /** Long side of the face in the pixels that the classifier was given. */
  readonly faceSide: number;
  /** How sure the detector is that it is a face, 0..1. */
  readonly score: number;
  readonly atMs: number;
}

type Evidence = Readonly<Record<WornState, number>>;

/** All that the vote remembers of a person. */
export interface Vote {
  readonly evidence: Evidence;
  /** The same with a short memory. */
  readonly recent: Evidence;
  /** Looks that favoured each state. */
  readonly looks: Evidence;
  readonly decided: MaskLabel;
  /** Times the decided state changed. */
  readonly changes: number;
  /** A state other than the decided one that leads now, and for how long it has been seen to lead. */
  readonly challenger: WornState | undefined;
  readonly challengeMs: number;
  readonly lastMs: number | undefined;
}

const nothing: Evidence = { mask: 0, no_mask: 0, incorrect: 0 };

/** A person of whom nothing is known. */
export const noVote: Vote = {
  evidence: nothing,
  recent: nothing,
  looks: nothing,
  decided: 'unknown',
  changes: 0,
  challenger: undefined,
  challengeMs: 0,
  lastMs: undefined,
};

/** Below this side a face shows nothing; from the other one on it shows all there is; pixels given to the classifier. */
const blindSide = 12;
const clearSide = 48;
/** A gap between looks counts for at most this long towards a change, so that nothing flips while nobody looks. */
const longestStepMs = 1000;

/**
 * Takes one look into account. Looks that the classifier itself calls `unknown` say nothing and change nothing.
 *
 * @returns the new state; the old one is left as it was
 */
export function look(vote: Vote, seen: Look, settings: VoteSettings): Vote {
  const { probabilities, reject, label } = seen.classification;
  const trust = clarity(seen.faceSide) * seen.score * (1 - reject) * certainty(probabilities);
  if (label === 'unknown' || trust <= 0) return vote;

  const sinceMs = vote.lastMs === undefined ? undefined : Math.max(0, seen.atMs - vote.lastMs);
  const weight = trust * (sinceMs === undefined ? 1 : Math.min(1, sinceMs / settings.fullLookMs));
  const evidence = added(vote.evidence, probabilities, weight, sinceMs ?? 0, settings.halfLifeMs);
  const recent = added(vote.recent, probabilities, weight, sinceMs ?? 0, settings.leadHalfLifeMs);
  const looks = { ...vote.looks, [label]: vote.looks[label] + 1 };
  const next: Vote = {
    ...vote,
    evidence,
    recent,
    looks,
    lastMs: Math.max(seen.atMs, vote.lastMs ?? -Infinity),
  };
  return vote.decided === 'unknown' ? decide(next, settings) : challenge(next, sinceMs ?? 0, settings);
}

/** Part of the evidence, 0..1, that speaks for the decided state; 0 for `unknown`. */
export function confidence(vote: Vote): number {
  if (vote.decided === 'unknown') return 0;
  const total = sum(vote.evidence);
  return total === 0 ? 0 : vote.evidence[vote.decided] / total;
}

/** Looks that stand behind the decided state; 0 for `unknown`. */
export function votes(vote: Vote): number {
  return vote.decided === 'unknown' ? 0 : vote.looks[vote.decided];
}

function decide(vote: Vote, settings: VoteSettings): Vote {
  const first = leader(vote.evidence);
  const total = sum(vote.evidence);
  const suffices = total >= settings.enough && vote.evidence[first] / total >= settings.majority;
  return suffices ? { ...vote, decided: first } : vote;
}

function challenge(vote: Vote, sinceMs: number, settings: VoteSettings): Vote {
  const first = leader(vote.recent);
  if (first === vote.decided) return { ...vote, challenger: undefined, challengeMs: 0 };
  if (first !== vote.challenger) return { ...vote, challenger: first, challengeMs: 0 };
  const challengeMs = vote.challengeMs + Math.min(sinceMs, longestStepMs);
  const ahead = vote.evidence[first] / sum(vote.evidence) >= settings.majority;
  if (!ahead || challengeMs < settings.changeAfterMs) return { ...vote, challengeMs };
  return { ...vote, decided: first, changes: vote.changes + 1, challenger: undefined, challengeMs: 0 };
}

function added(old: Evidence, by: Evidence, weight: number, sinceMs: number, halfLifeMs: number): Evidence {
  const kept = 0.5 ** (sinceMs / halfLifeMs);
  return {
    mask: old.mask * kept + by.mask * weight,
    no_mask: old.no_mask * kept + by.no_mask * weight,
    incorrect: old.incorrect * kept + by.incorrect * weight,
  };
}

function clarity(side: number): number {
  return Math.min(1, Math.max(0, (side - blindSide) / (clearSide - blindSide)));
}

/** 0 where all states are equally likely, 1 where one is certain. */
function certainty(probabilities: Evidence): number {
  return Math.max(0, (probabilities[leader(probabilities)] - 1 / 3) * 1.5);
}

function leader(evidence: Evidence): WornState {
  return wornStates.reduce((best, state) => (evidence[state] > evidence[best] ? state : best));
}

function sum(evidence: Evidence): number {
  return evidence.mask + evidence.no_mask + evidence.incorrect;
}
