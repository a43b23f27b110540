import type { ZoneInput } from '../../../server/http/zone-api.js';

/** What is being drawn, and what was drawn before each step. */
export interface ZoneDraft {
  readonly zones: readonly ZoneInput[];
  readonly past: readonly (readonly ZoneInput[])[];
}

/** Steps that can be undone. */
const mostSteps = 100;

/** Begins with what is stored. */
export function draftOf(zones: readonly ZoneInput[]): ZoneDraft {
  return { zones, past: [] };
}

/** One step further. */
export function changed(draft: ZoneDraft, zones: readonly ZoneInput[]): ZoneDraft {
  return { zones, past: [...draft.past, draft.zones].slice(-mostSteps) };
}

/** One step back. */
export function undone(draft: ZoneDraft): ZoneDraft {
  const zones = draft.past.at(-1);
  return zones === undefined ? draft : { zones, past: draft.past.slice(0, -1) };
}

/** A new shape in the middle of the picture, to be dragged to its place. */
export function newZone(kind: ZoneInput['kind'], name: string): ZoneInput {
  const points =
    kind === 'line'
      ? [
          { x: 0.5, y: 0.75 },
          { x: 0.5, y: 0.25 },
        ]
      : [
          { x: 0.35, y: 0.3 },
          { x: 0.65, y: 0.3 },
          { x: 0.65, y: 0.7 },
          { x: 0.35, y: 0.7 },
        ];
  return { name, kind, points, anchor: 'centre' };
}

/** Replaces one zone; `undefined` removes it. */
export function withZone(
  zones: readonly ZoneInput[],
  index: number,
  zone: ZoneInput | undefined,
): readonly ZoneInput[] {
  return zones.flatMap((old, place) => (place === index ? (zone ?? []) : old));
}

/** Moves a point, within the picture. */
export function withPoint(zone: ZoneInput, index: number, x: number, y: number): ZoneInput {
  const within = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 1e4) / 1e4;
  const points = zone.points.map((point, place) =>
    place === index ? { x: within(x), y: within(y) } : point,
  );
  return { ...zone, points };
}

/** Moves a point by shares of the picture. */
export function nudged(zone: ZoneInput, index: number, [dx, dy]: readonly [number, number]): ZoneInput {
  const point = zone.points[index];
  return point ? withPoint(zone, index, point.x + dx, point.y + dy) : zone;
}

/** Puts a point in the middle of the edge after a point. */
export function withMiddle(zone: ZoneInput, index: number): ZoneInput {
  const [a, b] = [zone.points[index], zone.points[(index + 1) % zone.points.length]];
  if (!a || !b) return zone;
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return { ...zone, points: [...zone.points.slice(0, index + 1), middle, ...zone.points.slice(index + 1)] };
}

/** Takes a point out, as long as a shape is left. */
export function withoutPoint(zone: ZoneInput, index: number): ZoneInput {
  if (zone.points.length <= (zone.kind === 'line' ? 2 : 3)) return zone;
  return { ...zone, points: zone.points.filter((_, place) => place !== index) };
}
