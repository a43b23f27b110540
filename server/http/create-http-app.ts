import express, { type Express } from 'express';
import { monotonicMs } from '../../streams/clock.js';
import type { Access } from '../access/access.js';
import type { AuditLog } from '../audit/audit-log.js';
import { recordAnswers } from '../audit/record-answers.js';
import { withAccessProblems } from './access-problem.js';
import { accountRoutes } from './account-routes.js';
import type { Health, RtcSettings } from './api.js';
import { answerErrors, answerUnknownPath, type HttpLog } from './answer-errors.js';
import { auditRoutes } from './audit-routes.js';
import { type CameraPort, cameraRoutes, type ProbeCamera } from './camera-routes.js';
import { clientFiles } from './client-files.js';
import { type MetricsPort, metricsRoutes } from '../metrics/metrics-routes.js';
import { type ConfigPort, configRoutes } from './config-routes.js';
import { healthRoutes } from './health-routes.js';
import { lifeRoutes } from './life-routes.js';
import { type Identify, mountRoutes } from './mount-routes.js';
import { type ModelPort, modelRoutes } from './model-routes.js';
import { onboardingRoutes } from './onboarding-routes.js';
import { type PeoplePort, peopleRoutes } from './people-routes.js';
import { ProblemError } from './problem-error.js';
import type { OnboardingDesk } from '../onboarding/onboarding-desk.js';
import { publishRoutes } from './publish-routes.js';
import type { RequestGuard } from './request-guard.js';
import { withDocuments } from '../openapi/document-routes.js';
import { requestIds } from './request-id.js';
import { logRequests } from './request-log.js';
import type { Route } from './route.js';
import { rtcRoutes } from './rtc-routes.js';
import { exportRoutes } from './export-routes.js';
import { type HistoryPort, historyRoutes } from './history-routes.js';
import { type ReplayPort, replayRoutes } from './replay-routes.js';
import { type TryoutPort, tryoutRoutes } from './tryout-routes.js';
import type { RtcSessions } from './rtc-sessions.js';
import type { Tracing } from '../tracing/tracing.js';
import { sessionRoutes } from './session-routes.js';
import { securityHeaders } from './security-headers.js';
import { translateCameraErrors } from './translate-camera-errors.js';
import { userRoutes } from './user-routes.js';
import { type WatchPort, watchRoutes } from './watch-routes.js';

/** What the application stands on. */
export interface HttpAppOptions {
  readonly cameras: CameraPort;
  readonly probe: ProbeCamera;
  readonly people: PeoplePort;
  readonly history: HistoryPort;
  readonly models: ModelPort;
  readonly tryout: TryoutPort;
  readonly replays: ReplayPort;
  readonly watch: WatchPort;
  readonly onboarding: OnboardingDesk;
  readonly sessions: RtcSessions;
  readonly rtc: RtcSettings;
  /** Must be cheap: it is asked often. */
  readonly health: () => Health;
  readonly metrics: MetricsPort;
  readonly guard: RequestGuard;
  readonly log: HttpLog;
  /** Absent where nobody asked for traces. */
  readonly tracing?: Pick<Tracing, 'requests'> | undefined;
  /** Folder of the built dashboard; without it there are no pages. */
  readonly clientFolder?: string;
  /** Who makes a request. */
  readonly identify: Identify;
  readonly access: Access;
  readonly audit: AuditLog;
  /** Absent where there is no file to change, as in tests. */
  readonly config: ConfigPort;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Every route of the server, with its permission. */
export function routeTable(options: HttpAppOptions): Route[] {
  const cameras = translateCameraErrors(options.cameras);
  return withDocuments([
    ...healthRoutes(options.health),
    ...lifeRoutes(options.health),
    ...metricsRoutes(options.metrics),
    ...cameraRoutes(cameras, options.probe),
    ...peopleRoutes(options.people),
    ...historyRoutes(options.history),
    ...exportRoutes(options.history),
    ...modelRoutes(options.models),
    ...tryoutRoutes(options.tryout),
    ...replayRoutes(options.replays),
    ...watchRoutes(options.watch, cameras),
    ...rtcRoutes(options.sessions, cameras, options.rtc),
    ...withAccessProblems([
      ...sessionRoutes(options),
      ...accountRoutes(options.access),
      ...userRoutes(options.access),
      ...publishRoutes(options.access, cameras, options.now),
    ]),
    ...auditRoutes(options.audit),
    ...configRoutes(options.config),
    ...onboardingRoutes(options.onboarding, cameras),
  ]);
}

/** Makes the application: REST, WHIP, WHEP and the dashboard's files. It owns nothing that must be closed. */
export function createHttpApp(options: HttpAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(requestIds());
  if (options.tracing !== undefined) app.use(options.tracing.requests());
  app.use(logRequests(options.log, monotonicMs));
  app.use((request, _response, next) => {
    const refusal = options.guard(request);
    if (refusal !== undefined) throw new ProblemError(403, 'foreign-request', refusal);
    next();
  });
  app.use(securityHeaders());
  const record = recordAnswers(options.audit, options.access.visitorOf, options.now);
  app.use(mountRoutes(routeTable(options), options.identify, record));
  if (options.clientFolder !== undefined) app.use(clientFiles(options.clientFolder));
  app.use(answerUnknownPath());
  app.use(answerErrors(options.log));
  return app;
}
