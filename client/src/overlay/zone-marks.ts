import type { ZoneInput } from '../../../server/http/zone-api.js';

/** A point in pixels. */
type Point = ZoneInput['points'][number];

const arrowLength = 18;
const arrowHead = 6;

/**
 * An arrow across the middle of a line, pointing where `forward` leads: to the right hand, looking from its first end to the second.
 *
 * @param points in pixels, y downwards
 * @returns SVG path data; empty where the ends lie on each other
 */
export function forwardArrow([a, b]: readonly Point[]): string {
  if (a === undefined || b === undefined) return '';
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return '';
  const along: Point = { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
  const ahead: Point = { x: -along.y, y: along.x };
  const at = (forth: number, side: number): string => {
    const x = (a.x + b.x) / 2 + ahead.x * forth + along.x * side;
    const y = (a.y + b.y) / 2 + ahead.y * forth + along.y * side;
    return `${round(x)} ${round(y)}`;
  };
  const neck = arrowLength - arrowHead;
  return `M${at(-arrowLength, 0)}L${at(arrowLength, 0)}M${at(neck, arrowHead)}L${at(arrowLength, 0)}L${at(neck, -arrowHead)}`;
}

/** Where the name of a zone begins: over its topmost point, but within the picture. */
export function labelPlace(points: readonly Point[]): Point {
  const top = points.reduce<Point | undefined>(
    (found, point) => (found === undefined || point.y < found.y ? point : found),
    undefined,
  );
  return top === undefined ? { x: 0, y: 0 } : { x: top.x + 6, y: Math.max(16, top.y - 8) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
