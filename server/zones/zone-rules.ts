import { z } from 'zod';
import { makeCameraId } from '../cameras/camera-id.js';
import type { Zone } from '../http/zone-api.js';
import { areaOf, crossesItself } from './geometry.js';

/** Zones, lines and privacy areas of one camera at most. */
export const mostZones = 16;
/** Least area of a polygon as a share of the picture: about 12 by 12 pixels of a 1280 by 720 picture. */
export const leastArea = 0.00015;
/** Least length of a line, in shares of the picture's sides. */
const leastLength = 0.02;

const share = z
  .number()
  .min(0, 'must be within the picture, 0 to 1')
  .max(1, 'must be within the picture, 0 to 1');

const zoneInput = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, at most 40')
      .optional(),
    name: z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(40, 'must be at most 40 characters')
      .regex(/^\P{Cc}*$/u, 'must have no control characters'),
    kind: z.enum(['area', 'line', 'privacy']),
    points: z
      .array(z.strictObject({ x: share, y: share }))
      .min(2, 'needs more points')
      .max(32, 'must have at most 32 points'),
    anchor: z.enum(['centre', 'bottom']).default('centre'),
  })
  .superRefine(({ kind, points }, context) => {
    const wrong = wrongShape(kind, points);
    if (wrong !== undefined) context.addIssue({ code: 'custom', path: ['points'], message: wrong });
  });

/** Zones as they are sent: of the right shape, none of them twice. */
export const zoneListInput = z
  .array(zoneInput)
  .max(mostZones, `must be at most ${mostZones}`)
  .superRefine((zones, context) => {
    const seen = new Set<string>();
    for (const [index, { id, name }] of zones.entries()) {
      for (const [field, key] of [
        ['id', id === undefined ? undefined : `id ${id}`],
        ['name', `name ${name.toLowerCase()}`],
      ] as const) {
        if (key === undefined) continue;
        if (seen.has(key)) {
          context.addIssue({ code: 'custom', path: [index, field], message: 'is used twice' });
        }
        seen.add(key);
      }
    }
  });

/** The body of `PUT /api/cameras/:id/zones`. */
export const zonesInput = z.strictObject({ zones: zoneListInput });

/** Zones as they were sent and checked. */
export type CheckedZones = z.output<typeof zonesInput>['zones'];

function wrongShape(kind: Zone['kind'], points: Zone['points']): string | undefined {
  if (kind === 'line') {
    const [a, b] = points;
    if (points.length !== 2 || a === undefined || b === undefined) return 'must be the two ends of the line';
    return Math.hypot(b.x - a.x, b.y - a.y) < leastLength ? 'is too short' : undefined;
  }
  if (points.length < 3) return 'must be at least three';
  if (crossesItself(points)) return 'must not cross itself';
  return areaOf(points) < leastArea ? 'is too small' : undefined;
}

/** Gives an id to each zone that has none, made from its name. */
export function withIds(zones: CheckedZones): Zone[] {
  const taken = new Set(zones.flatMap(({ id }) => (id === undefined ? [] : [id])));
  return zones.map(({ id, ...zone }) => {
    if (id !== undefined) return { id, ...zone };
    const made = makeCameraId(zone.name, (candidate) => taken.has(candidate), 'zone');
    taken.add(made);
    return { id: made, ...zone };
  });
}
