import type { AlertDesk } from '../alerts/alert-desk.js';
import type { AlertStore } from '../storage/alert-store.js';
import type { ZoneDesk } from '../zones/zone-desk.js';
import { alertRoutes } from './alert-routes.js';
import type { CameraPort } from './camera-routes.js';
import type { Route } from './route.js';
import { type PicturePort, pictureRoutes } from './picture-routes.js';
import { type ReportPort, reportRoutes } from './report-routes.js';
import { type SinkPort, sinkRoutes } from './sink-routes.js';
import { zoneRoutes } from './zone-routes.js';

/** What the routes about zones, alerts and sinks need of the server. */
export interface WatchPort {
  readonly zones: Pick<ZoneDesk, 'list' | 'replace' | 'zonesNow'>;
  readonly alerts: { readonly desk: AlertDesk; readonly store: AlertStore };
  readonly sinks: SinkPort;
  readonly pictures: PicturePort;
  readonly reports: ReportPort;
}

/** Everything about zones, alerts and sinks. */
export function watchRoutes(
  { zones, alerts, sinks, pictures, reports }: WatchPort,
  cameras: CameraPort,
): Route[] {
  return [
    ...zoneRoutes({ zones, cameras }),
    ...alertRoutes({ desk: alerts.desk, alerts: alerts.store, cameras, zones: (id) => zones.list(id) }),
    ...pictureRoutes(pictures),
    ...sinkRoutes(sinks),
    ...reportRoutes(reports),
  ];
}
