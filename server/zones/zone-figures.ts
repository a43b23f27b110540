import { complianceOf, nobody } from '../ledger/people-counts.js';
import type { Zone } from '../http/zone-api.js';
import type { ZonesEvent } from '../realtime/events.js';
import type { DurablePayload } from '../storage/event-log.js';
import type { ZoneDelta, ZoneFlow } from './zone-change.js';
import { noZoneDelta } from './zone-change.js';
import type { CameraZones } from './camera-zones.js';

/** What an event tells of the zones of a camera. */
export type ZoneFigures = DurablePayload<'zones'>;

/** The sums of a day by zone and flow. */
export type DaySums = ReadonlyMap<string, ZoneDelta>;

/** The key of a day's sum. */
export function sumKey(zoneId: string, flow: ZoneFlow): string {
  return `${flow} ${zoneId}`;
}

/** Puts together what is known of the zones of a camera now. */
export function zoneFigures(
  cameraId: string,
  revision: number,
  zones: readonly Zone[],
  books: CameraZones,
  day: DaySums,
): ZoneFigures {
  const sum = (zoneId: string, flow: ZoneFlow) => day.get(sumKey(zoneId, flow)) ?? noZoneDelta;
  return {
    cameraId,
    revision,
    areas: zones
      .filter(({ kind }) => kind === 'area')
      .map(({ id, name }): ZonesEvent['areas'][number] => {
        const inside = books.inside(id) ?? nobody;
        const { people: today, dwellMs, stays } = sum(id, 'entered');
        return {
          zoneId: id,
          name,
          inside,
          today,
          complianceNow: complianceOf(inside),
          complianceToday: complianceOf(today),
          meanDwellSeconds: stays === 0 ? null : Math.round(dwellMs / stays / 100) / 10,
        };
      }),
    lines: zones
      .filter(({ kind }) => kind === 'line')
      .map(({ id, name }) => ({
        zoneId: id,
        name,
        forward: sum(id, 'forward').people,
        backward: sum(id, 'backward').people,
      })),
  };
}
