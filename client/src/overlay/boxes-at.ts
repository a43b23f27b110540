import type { FrameEvent } from '../../../server/realtime/events.js';
import type { Neighbours } from './frame-ring.js';
import { betweenBoxes, boxOfFace, type DrawnBox } from './drawn-box.js';
import { rtpDifference, ticksPerMs } from './rtp-time.js';

/** Where the boxes of a presented picture come from. */
export type Basis =
  /** The analysis of this very picture. */
  | 'exact'
  /** Between the analysed pictures on both sides. */
  | 'interpolated'
  /** From the analysed picture before it, moved on a little, fading. */
  | 'extrapolated'
  /** No analysed picture is near enough. */
  | 'none';

/** The boxes for one presented picture. */
export interface PictureBoxes {
  readonly basis: Basis;
  readonly boxes: readonly DrawnBox[];
}

/** Analysed frames further apart than this are not joined by a line. */
const longestGapTicks = 1000 * ticksPerMs;
/** A box moves on by its own speed no longer than this. */
const moveOnTicks = 120 * ticksPerMs;
/** After this a box without news is gone. */
const goneTicks = 500 * ticksPerMs;

/**
 * The boxes that belong on a picture.
 *
 * @param neighbours the analysed frames around it
 * @param rtpTimestamp uint32 of the picture
 */
export function boxesAt(neighbours: Neighbours, rtpTimestamp: number): PictureBoxes {
  const { before, previous, after } = neighbours;
  if (!before) return { basis: 'none', boxes: [] };
  const age = rtpDifference(rtpTimestamp, before.rtpTimestamp);
  if (age === 0) return { basis: 'exact', boxes: before.faces.map((face) => boxOfFace(before, face)) };
  if (after) {
    const gap = rtpDifference(after.rtpTimestamp, before.rtpTimestamp);
    if (gap <= longestGapTicks)
      return { basis: 'interpolated', boxes: interpolate(before, after, age / gap) };
  }
  if (age >= goneTicks) return { basis: 'none', boxes: [] };
  return { basis: 'extrapolated', boxes: extrapolate(before, previous, age) };
}

/** Tracks in both frames glide; one that left fades out, one that came fades in. The label is the earlier one's. */
function interpolate(before: FrameEvent, after: FrameEvent, share: number): DrawnBox[] {
  const later = new Map(after.faces.map((face) => [face.trackId, face]));
  const boxes = before.faces.map((face): DrawnBox => {
    const from = boxOfFace(before, face);
    const next = later.get(face.trackId);
    later.delete(face.trackId);
    if (!next) return { ...from, alpha: 1 - share };
    return { ...from, box: betweenBoxes(from.box, boxOfFace(after, next).box, share) };
  });
  for (const face of later.values()) boxes.push(boxOfFace(after, face, share));
  return boxes;
}

/** Boxes move on at the speed of the last two frames for a moment, then stand still, and fade all the while. */
function extrapolate(before: FrameEvent, previous: FrameEvent | undefined, age: number): DrawnBox[] {
  const alpha = age <= moveOnTicks ? 1 : 1 - (age - moveOnTicks) / (goneTicks - moveOnTicks);
  const step = previous ? rtpDifference(before.rtpTimestamp, previous.rtpTimestamp) : 0;
  const joined = previous && step > 0 && step <= longestGapTicks;
  const earlier = new Map(joined ? previous.faces.map((face) => [face.trackId, face]) : []);
  return before.faces.map((face): DrawnBox => {
    const to = boxOfFace(before, face, alpha);
    const from = earlier.get(face.trackId);
    if (!previous || !from) return to;
    const share = 1 + Math.min(age, moveOnTicks) / step;
    return { ...to, box: betweenBoxes(boxOfFace(previous, from).box, to.box, share) };
  });
}
