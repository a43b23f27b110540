/** A point of a camera's picture: 0..1 from the left and from the top edge. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** True when a point lies inside a closed polygon (even-odd rule). Points exactly on an edge may go either way. */
export function isInside(polygon: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  for (const [a, b] of edgesOf(polygon)) {
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** The least distance from a point to the outline of a polygon, in units of the points. */
export function distanceToOutline(polygon: readonly Point[], point: Point): number {
  return Math.min(...edgesOf(polygon).map(([a, b]) => distanceToSegment(point, a, b)));
}

/**
 * Point in polygon with hysteresis: who is inside leaves only by going more than `margin` beyond the outline, so that a
 * box that trembles on the edge does not come and go.
 */
export function staysInside(
  polygon: readonly Point[],
  point: Point,
  wasInside: boolean,
  margin: number,
): boolean {
  if (isInside(polygon, point)) return true;
  return wasInside && distanceToOutline(polygon, point) <= margin;
}

/** Area of a simple polygon in square units of its points (shoelace formula); never negative. */
export function areaOf(polygon: readonly Point[]): number {
  const doubled = edgesOf(polygon).reduce((sum, [a, b]) => sum + (a.x * b.y - b.x * a.y), 0);
  return Math.abs(doubled) / 2;
}

/** True when two edges of a polygon that are not neighbours touch, or two neighbours lie on each other. */
export function crossesItself(polygon: readonly Point[]): boolean {
  const edges = edgesOf(polygon);
  return edges.some(([a, b], first) =>
    edges.some(([c, d], second) => {
      if (second <= first) return false;
      const follows = second === first + 1;
      const closes = first === 0 && second === edges.length - 1;
      if (follows) return foldsBack(a, b, d);
      if (closes) return foldsBack(c, d, b);
      return segmentsMeet(a, b, c, d);
    }),
  );
}

/** Distance of a point from the straight line through `a` and `b`: positive on the right when looking from a to b. */
export function sideOf(a: Point, b: Point, point: Point): number {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  // The y axis points down, so the right hand is where the cross product is positive.
  return length === 0 ? 0 : cross(a, b, point) / length;
}

/** True when two closed segments have a point in common. */
export function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [c1, d1, a1, b1] = [cross(a, b, c), cross(a, b, d), cross(c, d, a), cross(c, d, b)];
  if (opposite(c1, d1) && opposite(a1, b1)) return true;
  return (
    (c1 === 0 && isBetween(a, b, c)) ||
    (d1 === 0 && isBetween(a, b, d)) ||
    (a1 === 0 && isBetween(c, d, a)) ||
    (b1 === 0 && isBetween(c, d, b))
  );
}

/** The edges of a closed polygon, the closing one last. */
export function edgesOf(polygon: readonly Point[]): (readonly [Point, Point])[] {
  return polygon.map((point, index) => [point, polygon[(index + 1) % polygon.length] ?? point] as const);
}

function distanceToSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - a.x - share * dx, point.y - a.y - share * dy);
}

/** Whether the path a → b → c goes back over itself. */
function foldsBack(a: Point, b: Point, c: Point): boolean {
  if (cross(a, b, c) !== 0) return false;
  return (c.x - b.x) * (a.x - b.x) + (c.y - b.y) * (a.y - b.y) > 0;
}

function isBetween(a: Point, b: Point, { x, y }: Point): boolean {
  return (
    Math.min(a.x, b.x) <= x && x <= Math.max(a.x, b.x) && Math.min(a.y, b.y) <= y && y <= Math.max(a.y, b.y)
  );
}

function opposite(a: number, b: number): boolean {
  return (a > 0 && b < 0) || (a < 0 && b > 0);
}

function cross(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
