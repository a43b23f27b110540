import type { Box } from '../../models/image.js';
import type { ReplayedFrame } from '../replay/replay-clip.js';
import { boxAt, type ClipTruth } from './clip-truth.js';
import { overlap } from '../track/box-overlap.js';

/** A face with an identity, in pixels of the clip. */
export interface NamedBox {
  readonly id: string;
  readonly box: Box;
}

/** One frame with what is there and what was reported. */
export interface LabelledFrame {
  readonly truth: readonly NamedBox[];
  readonly reported: readonly NamedBox[];
}

/** A report that shares this much of its own area with an ignored place is left out, unless it overlaps a person. */
const ignoredShare = 0.5;
/** Overlap with a person at which a report is that person's, whatever is ignored there. */
const personOverlap = 0.3;

/** Puts the confirmed people that were reported at a frame beside the truth of that moment. */
export function labelFrame(truth: ClipTruth, { atMs, tracks }: ReplayedFrame): LabelledFrame {
  const there = truth.people.flatMap(({ id, spans }) => {
    const box = spans.map((span) => boxAt(span, atMs)).find((found) => found !== undefined);
    return box === undefined ? [] : [{ id, box }];
  });
  const ignored = truth.ignored.flatMap((span) => boxAt(span, atMs) ?? []);
  const reported = tracks
    .filter(({ confirmed }) => confirmed)
    .map(({ trackId, box }) => ({ id: trackId, box }))
    .filter(
      ({ box }) =>
        !ignored.some((place) => sharedPart(box, place) >= ignoredShare) ||
        there.some((person) => overlap(box, person.box) >= personOverlap),
    );
  return { truth: there, reported };
}

/** The part of a box that lies inside another, 0..1. */
function sharedPart(box: Box, place: Box): number {
  const width = Math.min(box.x + box.width, place.x + place.width) - Math.max(box.x, place.x);
  const height = Math.min(box.y + box.height, place.y + place.height) - Math.max(box.y, place.y);
  return width <= 0 || height <= 0 ? 0 : (width * height) / (box.width * box.height);
}
