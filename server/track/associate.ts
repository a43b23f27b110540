import type { Detection } from '../../models/detector.js';
import type { Box } from '../../models/image.js';
import { grown, overlap } from './box-overlap.js';
import { assign } from './hungarian.js';

/** What association needs of a track. */
export interface Association {
  /** Where the filter believes it is now. */
  readonly predicted: Box;
  /** Where it was seen last. */
  readonly lastSeen: Box;
  /** Milliseconds since then. */
  readonly unseenMs: number;
  /** True when it was not seen in the frame before this one. */
  readonly hidden: boolean;
  readonly confirmed: boolean;
}

/** Which detection belongs to which track. */
export interface Matches<D> {
  /** Track index and its detection; each of both at most once. */
  readonly pairs: readonly (readonly [track: number, detection: D])[];
  /** Sure detections that belong to no track: new faces. */
  readonly unmatchedHigh: readonly D[];
}

/** Least overlap, 0..1, of the grown boxes in the first pass, and of the plain ones in the second. */
const leastHigh = 0.15;
const leastLow = 0.3;
/** A face that was hidden may also come back where it went out of sight, a little less likely than where it was heading. */
const lastSeenWorth = 0.9;
/** Only tracks seen this lately take unsure detections; older ones would catch noise. */
const freshMs = 1000;
/** Confirmed tracks choose first: a young track next to one of them must not take its detection at equal overlap. */
const youngPenalty = 0.05;

/**
 * Two passes: sure detections against all tracks, then unsure ones against the tracks that are left and were seen
 * lately. What is unsure never starts a track.
 */
export function associate<D extends Detection>(
  tracks: readonly Association[],
  detections: readonly D[],
  highScore: number,
): Matches<D> {
  const high = detections.filter((detection) => detection.score >= highScore);
  const low = detections.filter((detection) => detection.score < highScore);
  const all = tracks.map((_, index) => index);

  const first = pairUp(all, high, leastHigh, (track, box) => similarity(tracks[track], box, true));
  const taken = new Set(first.map(([track]) => track));
  const left = all.filter((index) => !taken.has(index) && (tracks[index]?.unseenMs ?? Infinity) <= freshMs);
  const second = pairUp(left, low, leastLow, (track, box) => similarity(tracks[track], box, false));

  const matched = new Set(first.map(([, detection]) => detection));
  return {
    pairs: [...first, ...second],
    unmatchedHigh: high.filter((detection) => !matched.has(detection)),
  };
}

function pairUp<D extends Detection>(
  tracks: readonly number[],
  detections: readonly D[],
  least: number,
  score: (track: number, box: Box) => number,
): (readonly [number, D])[] {
  const scores = tracks.map((track) => detections.map((detection) => score(track, detection.box)));
  // What is out of reach costs no more than no match at all, so that it never spoils a good pair.
  const costs = scores.map((row) => row.map((value) => (value >= least ? -value : 0)));
  return assign(costs).flatMap((column, row) => {
    const track = tracks[row];
    const detection = detections[column];
    const near = (scores[row]?.[column] ?? 0) >= least;
    return near && track !== undefined && detection !== undefined ? [[track, detection] as const] : [];
  });
}

/** How well a box fits a track, 0..1. */
function similarity(track: Association | undefined, box: Box, mayGrow: boolean): number {
  if (track === undefined) return 0;
  const by = mayGrow ? reach(track.unseenMs) : 0;
  const wide = grown(box, by);
  const here = overlap(grown(track.predicted, by), wide);
  const there = track.hidden ? lastSeenWorth * overlap(grown(track.lastSeen, by), wide) : 0;
  return Math.max(0, Math.max(here, there) - (track.confirmed ? 0 : youngPenalty));
}

/**
 * How far boxes are grown for matching: a face walks up to about three of its own widths a second, so at 25 frames a second a
 * tenth suffices, and at two frames a second each side needs a whole width.
 */
function reach(unseenMs: number): number {
  return Math.min(0.1 + unseenMs / 600, 1);
}
