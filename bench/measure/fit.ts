import { rounded } from './spread.js';

/** A straight line through points, by least squares. */
export interface LineFit {
  readonly intercept: number;
  readonly slope: number;
  /** Share of the variance that the line explains, 0..1. */
  readonly r2: number;
}

/** A measured point. */
export type Point = readonly [x: number, y: number];

/** Lays a line through at least two points of different x; level and useless through fewer. */
export function lineThrough(points: readonly Point[]): LineFit {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const along = mean(([at]) => (at - x) ** 2);
  const slope = along === 0 ? 0 : mean(([at, value]) => (at - x) * (value - y)) / along;
  const intercept = y - slope * x;
  const all = mean(([, value]) => (value - y) ** 2);
  const left = mean(([at, value]) => (value - intercept - slope * at) ** 2);
  return { intercept, slope, r2: all === 0 ? 1 : 1 - left / all };
}

/**
 * How steeply the cost grows: `cost = a + b * n ** exponent`, where `a` is the cost of none (or of the least). 1 is linear, below 1 is
 * better. Found as the slope of a line through the logarithms.
 *
 * @param points the first one is the base: the fewest, whose cost is taken off the others; all others cost more
 */
export function growthExponent(points: readonly Point[]): number {
  const [base, ...rest] = points;
  if (base === undefined) return 0;
  const logs = rest
    .filter(([n, cost]) => n > base[0] && cost > base[1])
    .map(([n, cost]): Point => [Math.log(n - base[0]), Math.log(cost - base[1])]);
  return rounded(lineThrough(logs).slope, 2);
}

/** Jain's index of fairness: 1 where all have the same, 1/n where one has everything. */
export function fairness(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share ** 2, 0);
  return squares === 0 ? 1 : sum ** 2 / (shares.length * squares);
}
