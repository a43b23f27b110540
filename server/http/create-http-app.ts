import express, { type Express } from 'express';
import type { Health, RtcSettings } from './api.js';
import { answerErrors, answerUnknownPath, type HttpLog } from './answer-errors.js';
import { type CameraPort, cameraRoutes, type ProbeCamera } from './camera-routes.js';
import { clientFiles } from './client-files.js';
import { healthRoutes } from './health-routes.js';
import { type Identify, mountRoutes } from './mount-routes.js';
import { type ModelPort, modelRoutes } from './model-routes.js';
import { type PeoplePort, peopleRoutes } from './people-routes.js';
import { ProblemError } from './problem-error.js';
import type { RequestGuard } from './request-guard.js';
import type { Route } from './route.js';
import { rtcRoutes } from './rtc-routes.js';
import type { RtcSessions } from './rtc-sessions.js';
import { securityHeaders } from './security-headers.js';
import { translateCameraErrors } from './translate-camera-errors.js';

/** What the application stands on. */
export interface HttpAppOptions {
  readonly cameras: CameraPort;
  readonly probe: ProbeCamera;
  readonly people: PeoplePort;
  readonly models: ModelPort;
  readonly sessions: RtcSessions;
  readonly rtc: RtcSettings;
  /** Must be cheap: it is asked often. */
  readonly health: () => Health;
  readonly guard: RequestGuard;
  readonly log: HttpLog;
  /** Folder of the built dashboard; without it there are no pages. */
  readonly clientFolder?: string;
  /** Who makes a request. */
  readonly identify: Identify;
}

/** Every route of the server, with its permission. */
export function routeTable(options: HttpAppOptions): Route[] {
  const cameras = translateCameraErrors(options.cameras);
  return [
    ...healthRoutes(options.health),
    ...cameraRoutes(cameras, options.probe),
    ...peopleRoutes(options.people),
    ...modelRoutes(options.models),
    ...rtcRoutes(options.sessions, cameras, options.rtc),
  ];
}

/** Makes the application: REST, WHIP, WHEP and the dashboard's files. It owns nothing that must be closed. */
export function createHttpApp(options: HttpAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use((request, _response, next) => {
    const refusal = options.guard(request);
    if (refusal !== undefined) throw new ProblemError(403, 'foreign-request', refusal);
    next();
  });
  app.use(securityHeaders());
  app.use(mountRoutes(routeTable(options), options.identify));
  if (options.clientFolder !== undefined) app.use(clientFiles(options.clientFolder));
  app.use(answerUnknownPath());
  app.use(answerErrors(options.log));
  return app;
}
