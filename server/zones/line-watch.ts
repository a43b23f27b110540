import { type Point, segmentsMeet, sideOf } from './geometry.js';

/** Over a line: `forward` from its left to its right hand, looking from the first point to the second. */
export type Way = 'forward' | 'backward';

/** Where somebody was last clearly on one side of a line. */
export interface LineStand {
  readonly side: -1 | 1;
  readonly at: Point;
}

/** What one more position says. */
export interface LineStep {
  /** Undefined while nobody can say on which side he is. */
  readonly stand: LineStand | undefined;
  /** Present when the line was crossed. */
  readonly way?: Way;
}

/**
 * Follows one person along a line. Only positions farther from the line than `margin` count as being on a side, so a box
 * that trembles on the line crosses it once, and going round its end crosses nothing.
 *
 * @param margin in units of the points
 */
export function stepOverLine(
  [a, b]: readonly [Point, Point],
  stand: LineStand | undefined,
  at: Point,
  margin: number,
): LineStep {
  const distance = sideOf(a, b, at);
  if (Math.abs(distance) <= margin) return { stand };
  const side = distance > 0 ? 1 : -1;
  const next: LineStand = { side, at };
  if (stand === undefined || stand.side === side || !segmentsMeet(stand.at, at, a, b)) return { stand: next };
  return { stand: next, way: side === 1 ? 'forward' : 'backward' };
}
