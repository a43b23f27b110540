import { join } from 'node:path';
import { createCameraRegistry } from '../streams/camera/camera-registry.js';
import { monotonicMs } from '../streams/clock.js';
import { commandLine } from './access/caller.js';
import { startAccess } from './access/start-access.js';
import { createAnalysisPool } from './analysis/analysis-pool.js';
import { recordViews } from './audit/record-views.js';
import { startAudit } from './audit/start-audit.js';
import { openCameraAccess } from './cameras/camera-access.js';
import { type CameraDesk, createCameraDesk } from './cameras/camera-desk.js';
import { guardConfig } from './cameras/guard-config.js';
import { createChoiceStore } from './classifiers/choice-store.js';
import { ClassifierDesk } from './classifiers/classifier-desk.js';
import { firstChoice } from './classifiers/first-choice.js';
import { productLibrary } from './classifiers/product-library.js';
import { startEvidence } from './evidence/start-evidence.js';
import { listenForControl } from './http/control-listener.js';
import { createHttpApp, type HttpAppOptions } from './http/create-http-app.js';
import { followConfig } from './config/follow-config.js';
import { createHttpListener } from './http/http-server.js';
import { createRequestGuard } from './http/request-guard.js';
import { RtcSessions } from './http/rtc-sessions.js';
import { createLedger } from './ledger/ledger.js';
import { AnalysisFeed } from './pipeline/analysis-feed.js';
import { startMetrics } from './metrics/start-metrics.js';
import type { CameraMeter } from './pipeline/camera-meter.js';
import { startEventLoopGauge } from './pipeline/event-loop-gauge.js';
import { reportHealth } from './pipeline/health-report.js';
import { joinAnalysis } from './pipeline/join-analysis.js';
import { createRtcDoor } from './pipeline/rtc-door.js';
import { addDemoCamera } from './pipeline/demo-camera.js';
import { fixedCamera, startCameras } from './pipeline/start-cameras.js';
import { countsOnly, followCountsOnly } from './privacy/counts-only.js';
import { createRealtime } from './realtime/create-realtime.js';
import type { Visit } from './realtime/events.js';
import type { ServerOptions } from './server-options.js';
import { createBucketStore } from './storage/bucket-store.js';
import { startEventPruner } from './storage/event-pruner.js';
import { createFlagStore } from './storage/flag-store.js';
import { createJournal } from './storage/journal.js';
import { openDatabase } from './storage/open-database.js';
import { createVisitStore } from './storage/visit-store.js';
import { createOnboardingDesk } from './onboarding/onboarding-desk.js';
import { readZoneHistory } from './history/zone-history.js';
import { noticeOf, retentionOf } from './history/kept-days.js';
import { startRetention } from './storage/retention.js';
import { startTracing } from './tracing/start-tracing.js';
import { startTryout } from './tryout/start-tryout.js';
import { CloseStack } from './close-stack.js';
import { startWatch } from './watch/start-watch.js';

/** The running product. */
export interface MaskwatchServer {
  /** Where the dashboard is. */
  readonly url: string;
  needsAccount(): boolean;
  /** Makes the one-time link for the first account, which must go nowhere but to a terminal. */
  makeSetupLink(): string;
  /** Stops everything in the reverse order of its start; idempotent. */
  close(): Promise<void>;
}

/**
 * The composition root: makes every part, in the order of their dependencies, and joins them. Whatever was made is
 * closed again when a later part fails.
 *
 * @throws DataFolderTakenError, DamagedDatabaseError, NewerDatabaseError, AddressTakenError, CameraFieldError,
 * TlsFilesError, AccessError
 */
export async function startMaskwatch(options: ServerOptions): Promise<MaskwatchServer> {
  const stack = new CloseStack();
  try {
    const built = await build(options, stack);
    return { ...built, close: () => stack.close() };
  } catch (error) {
    await stack.close();
    throw error;
  }
}

async function build(options: ServerOptions, stack: CloseStack): Promise<Omit<MaskwatchServer, 'close'>> {
  const { config, log, setup, version } = options;
  const now = Date.now;
  const moment = () => ({ epochMs: now(), monotonicMs: monotonicMs() });
  const startedMs = monotonicMs();
  const gauge = stack.own(startEventLoopGauge());
  const tracing = startTracing(version, moment, options.secrets);
  if (tracing !== undefined) stack.own(tracing);

  const database = stack.own(openDatabase(config.dataDir));
  const onProblem = (error: unknown) => log.error({ err: error }, 'storage');
  const journal = stack.own(createJournal(database, { onProblem }));
  stack.push(startEventPruner(journal.log, now, { onProblem }));
  const { adminPassword } = options;
  const access = stack.own(await startAccess(database, { server: config.server, log, now, adminPassword }));
  const audit = stack.own(startAudit(database, now, onProblem));
  stack.push(startRetention(database, () => retentionOf(options.live.current), now, { onProblem }));
  const visits = createVisitStore(database);
  const buckets = createBucketStore(database);
  const onlyCounts = (cameraId: string) => countsOnly(options.live.current, cameraId);
  const onUntoldEnd = (visit: Visit) => measured.metrics.ended(visit);
  const numbers = { buckets, countsOnly: onlyCounts, onUntoldEnd };
  const ledger = stack.own(createLedger({ journal, visits, now: moment, ...numbers }));

  const flags = createFlagStore(database);
  const choices = createChoiceStore(flags);
  const library = productLibrary(options.root, config.dataDir);
  const first = await firstChoice(choices.read(), options.analysis.classifier, library);
  for (const problem of first.problems) log.error(problem);

  const pool = stack.own(
    createAnalysisPool({
      settings: { ...options.analysis, classifier: first.folder },
      processes: options.analysisProcesses,
      log: log.child({ part: 'analysis' }),
      env: options.childEnvironment,
    }),
  );
  const { dataDir } = config;
  const reach = stack.own(openCameraAccess({ ...options, dataDir, database, log }));
  const registry = stack.own(createCameraRegistry({ relay: reach.relay }));
  const feed = stack.own(new AnalysisFeed(registry, pool));
  const sessions = stack.own(new RtcSessions(createRtcDoor(registry, options.rtc, monotonicMs)));
  const meters = new Map<string, CameraMeter>();
  const watch = stack.own(
    startWatch({
      ...{ database, journal, version, moment, onProblem, secrets: options.secrets },
      vault: reach.vault,
      cameras: () => desk.list(),
      countsOf: (cameraId) => ledger.countsNow([cameraId]).cameras[0],
      applyPrivacy: (cameraId) => desk.applyPrivacy(cameraId),
      ownPorts: () => reach.ownPorts,
      site: () => options.live.current.site.name,
      onRaised: (alert, rule) => evidence.desk.raised(alert, rule),
    }),
  );
  const shown = { alerts: watch.port.alerts.desk, live: options.live, countsOnly: onlyCounts };
  const evidence = stack.own(await startEvidence({ ...shown, database, dataDir, pool, now: moment, log }));
  const desk: CameraDesk = stack.own(
    createCameraDesk({
      registry,
      store: reach.store,
      onSecret: (cameraId, secret) => reach.know(cameraId, secret),
      journal,
      now,
      defaultFps: config.analysis.fps,
      privacyOf: (cameraId) => watch.privacyOf(cameraId),
      countsOnly: onlyCounts,
      onChanged: (cameraId) => feed.follow(cameraId),
      onRemoved: (cameraId) => {
        feed.follow(cameraId);
        ledger.forget(cameraId);
        watch.forget(cameraId);
        meters.delete(cameraId);
        void evidence.desk.forget(cameraId);
        access.links.removeOfCamera(cameraId);
        void sessions.endOfCamera(cameraId);
      },
    }),
  );

  const classifiers = new ClassifierDesk({
    library,
    pool,
    store: choices,
    history: first.history,
    folder: first.folder,
    now,
    onChanged: (name, before) => log.info({ name, before }, 'mask classifier changed'),
  });
  const tried = await startTryout(
    {
      ...{ library, dataDir, now, settings: options.analysis },
      classifier: () => classifiers.active,
      env: options.childEnvironment,
      ownPorts: () => reach.ownPorts,
    },
    stack,
  );
  const guard = createRequestGuard({
    listenHost: config.server.host,
    allowedHosts: () => options.live.current.server.allowedHosts,
  });
  const health = () =>
    reportHealth({
      version,
      otherProblems: [...first.problems, ...evidence.desk.problems],
      registry,
      pool,
      meters,
      startedMs,
      clock: monotonicMs,
      viewers: (cameraId) => sessions.count('whep', cameraId),
      eventLoopP99Ms: () => gauge.p99Ms(),
      ...(setup.engine?.reason === undefined ? {} : { fallbackReason: setup.engine.reason }),
    });
  const measured = stack.own(
    startMetrics({
      ...{ version, registry, pool, ledger, journal, sessions },
      dataDir: config.dataDir,
      realtime: () => realtime,
      eventLoopP99Ms: () => gauge.p99Ms(),
      loginFailures: () => access.signIn.failures,
      evidence: () => evidence.desk.stats(),
      config: options.live,
    }),
  );
  const http: HttpAppOptions = {
    config: guardConfig(options.live, (url) => reach.check(url)),
    cameras: reach.guarded(desk),
    probe: (request) => reach.probe(request),
    people: {
      visits,
      buckets,
      countsNow: (ids) => ledger.countsNow(ids),
      cameraIds: () => desk.list().map(({ id }) => id),
      now,
    },
    history: {
      buckets,
      zones: (query) => readZoneHistory(database, query),
      alerts: watch.port.alerts.store,
      cameras: desk,
      notice: () => noticeOf(options.live.current),
      now,
    },
    models: classifiers,
    ...tried,
    watch: { ...watch.port, pictures: evidence.desk },
    onboarding: createOnboardingDesk({ flags, cameras: () => desk.list() }),
    sessions,
    rtc: { iceServers: options.rtc.iceServers, playoutDelayMs: config.webrtc.playoutDelayMs },
    health,
    metrics: measured.metrics,
    guard,
    identify: access.identify,
    access,
    ...{ audit, now, tracing },
    log: log.child({ part: 'http' }),
    clientFolder: join(options.root, 'dist', 'client'),
  };
  const { tls } = config.server;
  const listener = stack.own(createHttpListener(createHttpApp(http), { tls, onProblem }));
  const realtime = stack.own(
    createRealtime(listener.server, {
      journal,
      allow: (request) => guard(request) === undefined,
      ...{ identify: access.identify, tellViews: recordViews(audit, access.visitorOf, now) },
      onCutOff: (clientId, reason) => log.warn({ clientId, reason }, 'a client was cut off'),
    }),
  );
  stack.push(
    access.revocations.on((ground, id) => {
      realtime.endOf(ground, id);
      void sessions.endOf(ground, id);
    }),
  );

  const joint = {
    pool,
    registry,
    readers: [ledger, watch],
    realtime,
    metrics: measured.metrics,
    meters,
    ...{ log, tracing },
  };
  stack.push(joinAnalysis({ ...joint, countsOnly: onlyCounts, clock: monotonicMs }));
  stack.push(followCountsOnly(options.live, { desk, sessions, ledger }));

  // Listening before the cameras start: a taken port must not have opened anybody's camera.
  const port = await listener.listen(config.server.host, config.server.port);
  reach.ownPorts.add(port);
  const control = await listenForControl(
    createHttpApp({ ...http, identify: () => commandLine }),
    config.dataDir,
  );
  if (control === undefined)
    log.warn('the path of the data folder is too long for the socket of the command line');
  else stack.own(control);
  startCameras(desk, [...config.cameras, ...options.cameras]);
  stack.push(
    followConfig(options.live, {
      log,
      setLogLevel: (level) => log.setLevel(level),
      setDefaultFps: (fps) => desk.setDefaultFps(fps),
      setCameras: (cameras) => desk.setFixed([...cameras, ...options.cameras].map(fixedCamera)),
    }),
  );
  if (options.demo) addDemoCamera(desk, flags, setup.demoClip);
  stack.push(watch.begin());
  const host = config.server.host.includes(':') ? `[${config.server.host}]` : config.server.host;
  const url = `${tls === undefined ? 'http' : 'https'}://${host}:${port}`;
  return {
    url,
    needsAccount: () => access.accounts.none,
    makeSetupLink: () => `${url}/setup#${access.links.makeSetup()}`,
  };
}
