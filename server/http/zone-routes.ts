import { z } from 'zod';
import { sees } from '../access/caller.js';
import { schemaOf } from '../openapi/schema-of.js';
import { zonesEventSchema } from '../realtime/event-schemas.js';
import type { ZoneDesk } from '../zones/zone-desk.js';
import { zonesInput } from '../zones/zone-rules.js';
import { cameraNotFound } from './camera-not-found.js';
import type { CameraPort } from './camera-routes.js';
import { ok, route, type Route } from './route.js';
import type { Zone, ZoneList, ZonesNow } from './zone-api.js';

/** What the zone routes need of the server. */
export interface ZonePort {
  readonly zones: Pick<ZoneDesk, 'list' | 'replace' | 'zonesNow'>;
  readonly cameras: Pick<CameraPort, 'list' | 'get'>;
}

const share = z.number().min(0).max(1);
const point = z
  .strictObject({ x: share, y: share })
  .meta({ id: 'Point', description: 'Shares of the picture.' });

/** One thing drawn on a picture. */
export const zoneSchema = schemaOf<Zone>()(
  z
    .strictObject({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['area', 'line', 'privacy']),
      points: z.array(point),
      anchor: z.enum(['centre', 'bottom']),
    })
    .meta({ id: 'Zone', description: "One thing drawn on a camera's picture." }),
);

/** Everything that is drawn on a camera. */
export const zoneListSchema = schemaOf<ZoneList>()(
  z
    .strictObject({
      cameraId: z.string(),
      revision: z.int().min(0).describe('Grows with each change.'),
      zones: z.array(zoneSchema),
    })
    .meta({ id: 'ZoneList' }),
);

const zonesNowSchema = schemaOf<ZonesNow>()(
  z.strictObject({ cursor: z.string(), cameras: z.array(zonesEventSchema) }).meta({ id: 'ZonesNow' }),
);

/** Any id is looked up: one that no camera can have is simply not found. */
const byId = z.object({ id: z.string() });

/** Zones, lines and privacy areas of a camera, and their figures. */
export function zoneRoutes({ zones, cameras }: ZonePort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/zones/now',
      summary: 'The newest figures of the zones and lines of each camera',
      answer: { status: 200, body: zonesNowSchema },
      permission: 'view',
      handle: ({ caller }) =>
        ok(
          zones.zonesNow(
            cameras
              .list()
              .map(({ id }) => id)
              .filter((id) => sees(caller, id)),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/api/cameras/:id/zones',
      summary: 'What is drawn on a camera: zones, lines and privacy areas',
      answer: { status: 200, body: zoneListSchema },
      permission: 'view',
      camera: { in: 'params', field: 'id' },
      params: byId,
      handle: ({ params: { id } }) => ok(cameras.get(id) === undefined ? cameraNotFound() : zones.list(id)),
    }),
    route({
      method: 'put',
      path: '/api/cameras/:id/zones',
      summary: 'Replace what is drawn on a camera; answers when privacy areas are in force',
      answer: { status: 200, body: zoneListSchema },
      permission: 'admin',
      camera: { in: 'params', field: 'id' },
      params: byId,
      body: zonesInput,
      handle: async ({ params: { id }, body }) => {
        if (cameras.get(id) === undefined) cameraNotFound();
        return ok(await zones.replace(id, body.zones));
      },
    }),
  ];
}
