import { randomUUID } from 'node:crypto';
import { siteServicePolicy, webhookPolicy } from '../addresses/address-policy.js';
import type { TracksMessage } from '../analysis/messages.js';
import { createAlertDesk } from '../alerts/alert-desk.js';
import { Places } from '../alerts/places.js';
import type { WatchPort } from '../http/watch-routes.js';
import type { Moment } from '../ledger/ledger-change.js';
import type { AlertRule } from '../http/alert-api.js';
import type { Alert, CameraView, CountsEvent } from '../realtime/events.js';
import type { KnownSecrets } from '../secrets/known-secrets.js';
import type { Vault } from '../secrets/vault.js';
import { Courier } from '../sinks/courier.js';
import type { HomeCamera } from '../sinks/home-assistant.js';
import { guardSinks, mailScheme, type SinkPolicies } from '../sinks/guard-sinks.js';
import { createMailer } from '../sinks/mailer.js';
import { brokerSchemes, createMqttCarrier } from '../sinks/mqtt-carrier.js';
import { createReportDesk } from '../sinks/report-desk.js';
import { createSinkDesk } from '../sinks/sink-desk.js';
import { createWebhook } from '../sinks/webhook.js';
import { createAlertStore } from '../storage/alert-store.js';
import { createBucketStore } from '../storage/bucket-store.js';
import { createFlagStore } from '../storage/flag-store.js';
import type { Journal } from '../storage/journal.js';
import type { Database } from '../storage/open-database.js';
import { createOutboxStore } from '../storage/outbox-store.js';
import { createRuleStore } from '../storage/rule-store.js';
import { createSinkStore } from '../storage/sink-store.js';
import { createZoneMinuteStore } from '../storage/zone-minute-store.js';
import { createZoneStore } from '../storage/zone-store.js';
import type { Point } from '../zones/geometry.js';
import { createZoneDesk } from '../zones/zone-desk.js';

/** What the watch stands on. */
export interface WatchOptions {
  readonly database: Database;
  readonly journal: Journal;
  readonly vault: Vault;
  readonly secrets: KnownSecrets;
  readonly cameras: () => readonly CameraView[];
  /** The newest counts of a camera. */
  readonly countsOf: (cameraId: string) => CountsEvent | undefined;
  /** Brings a camera's privacy areas into force. */
  readonly applyPrivacy: (cameraId: string) => Promise<void>;
  /** Ports of this server, which no sink may name. */
  readonly ownPorts: () => Iterable<number>;
  /** Both clocks at once. */
  readonly moment: () => Moment;
  readonly version: string;
  /** Who runs the cameras, for reports; nobody where absent. */
  readonly site?: () => string;
  /** Told of each alert that begins. */
  readonly onRaised?: (alert: Alert, rule: AlertRule) => void;
  readonly onProblem: (error: unknown) => void;
}

/** Zones, alerts and sinks together: sees people, finds what is wrong, tells it. */
export interface Watch {
  /** For the routes. */
  readonly port: Omit<WatchPort, 'pictures'>;
  /** The areas of a camera that nobody may see. */
  privacyOf(cameraId: string): readonly (readonly Point[])[];
  /** Takes in one analysed frame. */
  accept(message: TracksMessage): void;
  /** Nobody of a camera can be seen any more. */
  interrupt(cameraId: string): void;
  /** The camera was removed. */
  forget(cameraId: string): void;
  /** Begins to look after the rules, once the cameras are there. @returns what ends it, to be called before they go */
  begin(): () => void;
  close(): Promise<void>;
}

/** Makes zones, alerts and sinks and joins them. */
export function startWatch(options: WatchOptions): Watch {
  const { database, journal, cameras, moment, version, onProblem } = options;
  const now = () => moment().epochMs;
  const zones = createZoneDesk({
    store: createZoneStore(database),
    minutes: createZoneMinuteStore(database),
    journal,
    now: moment,
    onPrivacy: options.applyPrivacy,
  });
  const places = new Places(zones, () => moment().monotonicMs);
  const alerts = createAlertStore(database);
  const desk = createAlertDesk({
    rules: createRuleStore(database),
    alerts,
    journal,
    cameras,
    placeOf: (camera, zoneId) => places.of(camera, zoneId),
    zoneName: (cameraId, zoneId) => zones.list(cameraId).zones.find(({ id }) => id === zoneId)?.name,
    now: moment,
    newId: randomUUID,
    ...(options.onRaised === undefined ? {} : { onRaised: options.onRaised }),
  });

  const homeOf = (camera: CameraView): HomeCamera => ({
    camera,
    counts: options.countsOf(camera.id),
    alerts: alerts.open().filter(({ cameraId }) => cameraId === camera.id),
  });
  const policies: SinkPolicies = {
    webhook: webhookPolicy(options.ownPorts),
    mqtt: siteServicePolicy(brokerSchemes, options.ownPorts),
    email: siteServicePolicy([mailScheme], options.ownPorts),
  };
  const outbox = createOutboxStore(database);
  const sinks = createSinkDesk({
    store: createSinkStore(database),
    outbox,
    vault: options.vault,
    known: options.secrets,
    carrierOf: ({ settings }, secret, trial = false) => {
      switch (settings.kind) {
        case 'webhook':
          return createWebhook({ url: settings.url, secret, policy: policies.webhook, now });
        case 'email':
          return createMailer({ settings, secret, policy: policies.email });
        case 'mqtt':
          return createMqttCarrier({
            ...{ settings, secret, version, trial, policy: policies.mqtt },
            cameras: () => cameras().map(homeOf),
          });
      }
    },
    now,
    random: Math.random,
    newId: randomUUID,
    onProblem,
    onRemoved: (sinkId) => desk.forgetSink(sinkId),
  });
  const flags = createFlagStore(database);
  const reports = createReportDesk({
    ...{ db: database, flags, outbox, now, onProblem },
    sources: () => ({
      ...{ buckets: createBucketStore(database), alerts, cameras: cameras() },
      site: options.site?.() ?? '',
    }),
    readers: () => sinks.reportReaders(),
    wake: (sinkIds) => sinks.wake(sinkIds),
  });
  const courier = new Courier({
    db: database,
    log: journal.log,
    flags,
    outbox,
    rules: () => desk.rules(),
    sinks: () => sinks.active(),
    now,
  });
  // What was told while the server went down the last time.
  sinks.wake(courier.catchUp());
  const unsubscribe = journal.onCommit(({ kind, cameraId }) => {
    if (kind === 'alert') sinks.wake(courier.catchUp());
    if (kind !== 'alert' && kind !== 'counts' && kind !== 'camera') return;
    const camera = cameras().find(({ id }) => id === cameraId);
    if (camera === undefined) sinks.forget(cameraId);
    else sinks.tell(() => homeOf(camera));
  });

  return {
    port: { zones, alerts: { desk, store: alerts }, sinks: guardSinks(sinks, policies), reports },
    privacyOf: (cameraId) => zones.privacyOf(cameraId),
    accept: (message) => zones.accept(message),
    interrupt: (cameraId) => zones.interrupt(cameraId),
    forget: (cameraId) => zones.forget(cameraId),
    begin: () => {
      desk.begin();
      reports.look();
      return () => desk.close();
    },
    close: async () => {
      desk.close();
      zones.close();
      unsubscribe();
      reports.close();
      await sinks.close();
    },
  };
}
