import type { Box } from '../../../models/image.js';
import type { ZoneInput } from '../../../server/http/zone-api.js';
import { useServices } from '../services.js';
import { allPeople } from '../state/people.js';
import { useZones } from './use-zones.js';
import { type ZoneLook, ZoneShapes } from './zone-shapes.js';

interface LiveZonesProps {
  readonly cameraId: string;
  /** Where the picture lies, in CSS pixels of the stage. */
  readonly picture: Box;
}

/** The zones of a camera over its live picture, as they are stored. */
export function LiveZones({ cameraId, picture }: LiveZonesProps) {
  const { zones } = useZones(cameraId);
  const lookOf = useZoneLooks(cameraId);
  return <ZoneShapes zones={zones} picture={picture} lookOf={lookOf} />;
}

/** How each zone of a camera looks now: who is inside or crossed, and whether an alert of it lasts. */
export function useZoneLooks(cameraId: string): (zone: ZoneInput) => ZoneLook {
  const { store } = useServices();
  const { zones, alerts } = store.live.value;
  const figures = zones.get(cameraId);
  const alerted = new Set(
    [...alerts.values()]
      .filter((alert) => alert.cameraId === cameraId && alert.clearedAt === undefined)
      .map(({ zoneId }) => zoneId),
  );
  return ({ id }) => {
    const area = figures?.areas.find(({ zoneId }) => zoneId === id);
    const line = figures?.lines.find(({ zoneId }) => zoneId === id);
    const inside = area === undefined ? 0 : allPeople(area.inside);
    const crossed = line && `${allPeople(line.forward)} → ← ${allPeople(line.backward)}`;
    return {
      figure: area === undefined ? crossed : String(inside),
      occupied: inside > 0,
      alerted: id !== undefined && alerted.has(id),
    };
  };
}
