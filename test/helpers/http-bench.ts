import { type Access, createAccess } from '../../server/access/access.js';
import { localOwner } from '../../server/access/caller.js';
import { createAuditLog } from '../../server/audit/audit-log.js';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import { CameraFieldError } from '../../streams/camera/camera-field-error.js';
import { ClassifierError } from '../../server/classifiers/classifier-error.js';
import type { ModelList } from '../../server/http/api.js';
import { CameraDeskError } from '../../server/cameras/camera-desk.js';
import { createHttpApp, type HttpAppOptions, routeTable } from '../../server/http/create-http-app.js';
import { checkedApp } from './checked-app.js';
import { createRequestGuard } from '../../server/http/request-guard.js';
import { type RtcSession, RtcSessions } from '../../server/http/rtc-sessions.js';
import type { CameraView, CountsEvent } from '../../server/realtime/events.js';
import { createBucketStore } from '../../server/storage/bucket-store.js';
import { type Database, openDatabase } from '../../server/storage/open-database.js';
import { createJournal, type Journal } from '../../server/storage/journal.js';
import { KnownSecrets } from '../../server/secrets/known-secrets.js';
import { createVault } from '../../server/secrets/vault.js';
import { startWatch, type Watch } from '../../server/watch/start-watch.js';
import { Secret } from '../../streams/secret/secret.js';
import { ConfigError } from '../../server/config/config-error.js';
import { configSchema } from '../../server/config/schema.js';
import { noticeOf } from '../../server/history/kept-days.js';
import { complianceOf, nobody } from '../../server/ledger/people-counts.js';
import { createOnboardingDesk } from '../../server/onboarding/onboarding-desk.js';
import { readZoneHistory } from '../../server/history/zone-history.js';
import { picturePolicy } from '../../server/addresses/address-policy.js';
import { TryoutError } from '../../server/tryout/tryout-error.js';
import { createFlagStore } from '../../server/storage/flag-store.js';
import { createVisitStore } from '../../server/storage/visit-store.js';

/** The one camera of the bench. */
export const door: CameraView = {
  id: 'door',
  name: 'Door',
  kind: 'rtsp',
  address: 'rtsp://10.0.0.5/1',
  enabled: true,
  demo: false,
  transport: 'tcp',
  loop: false,
  fps: 10,
  status: { state: 'live', reason: '', reconnects: 0 },
};

/** The port that the bench's server says it listens on: no sink may name it. */
export const ownPort = 11;

/** The real application on a real database, with cameras and WebRTC that only remember what was asked of them. */
export class HttpBench {
  readonly cameras = new Map([['door', door]]);
  readonly models: ModelList = { models: [], active: 'first', history: [{ name: 'first' }] };
  readonly logged: unknown[] = [];
  readonly opened: string[] = [];
  closed = 0;
  readonly db: Database;
  readonly access: Access;
  readonly journal: Journal;
  /** Zones, alerts and sinks, as real as the database. */
  readonly watch: Watch;
  /** Cameras whose privacy areas were brought into force, in order. */
  readonly masked: string[] = [];
  /** Pictures that are kept with alerts, by alert. */
  readonly pictures = new Map<string, { readonly cameraId: string; readonly jpeg: Buffer }>();
  readonly options: HttpAppOptions;
  /** Every good answer is held against the schema that its route declares. */
  readonly app: RequestListener;

  /** @param other parts instead of the bench's own, such as a real configuration */
  constructor(dataFolder: string, clientFolder: string, other: Partial<HttpAppOptions> = {}) {
    const db = openDatabase(dataFolder);
    const { cameras } = this;
    mkdirSync(join(clientFolder, 'assets'), { recursive: true });
    writeFileSync(join(clientFolder, 'index.html'), '<!doctype html><title>page</title>');
    writeFileSync(join(clientFolder, 'assets', 'app-abc123.js'), 'export {};');
    const session =
      (name: string) =>
      (id: string): Promise<RtcSession> => {
        this.opened.push(`${name} ${id}`);
        return Promise.resolve({
          answerSdp: 'v=0\r\nanswer',
          closed: new Promise<void>(() => undefined),
          close: () => {
            this.closed++;
            return Promise.resolve();
          },
        });
      };
    const onProblem = (error: unknown) => this.logged.push(error);
    this.db = db;
    this.access = createAccess(db, { now: Date.now, onLoopback: true, trustedProxies: [], onProblem });
    this.journal = createJournal(db);
    this.watch = startWatch({
      ...{ database: db, journal: this.journal, version: '0.1.0', onProblem },
      vault: createVault(new Secret('a key that only this test knows')),
      secrets: new KnownSecrets(),
      cameras: () => [...cameras.values()],
      countsOf: () => undefined,
      applyPrivacy: (id) => Promise.resolve(void this.masked.push(id)),
      ownPorts: () => [ownPort],
      moment: () => ({ epochMs: Date.now(), monotonicMs: performance.now() }),
    });
    this.options = {
      config: {
        current: configSchema.parse({ site: { name: 'Site' } }),
        file: 'config.yaml',
        problems: [],
        waiting: [],
        originOf: () => 'default',
        patch: () =>
          Promise.reject(
            new ConfigError([{ where: 'line 1', key: 'server.port', rule: 'must be a number' }]),
          ),
      },
      watch: {
        ...this.watch.port,
        pictures: {
          cameraOf: (id) => this.pictures.get(id)?.cameraId,
          read: (id) => Promise.resolve(this.pictures.get(id)?.jpeg),
        },
      },
      cameras: {
        list: () => [...cameras.values()],
        get: (id) => cameras.get(id),
        add: (input) => {
          if (input.url === 'gopher:x') throw new CameraFieldError('url', 'has an unknown scheme');
          if (input.id === 'door')
            throw new CameraDeskError('camera-exists', 'There is a camera door already.');
          if (input.name === 'boom') throw new Error('secret rtsp://u:p@host');
          const made = { ...door, id: input.id ?? 'made', name: input.name };
          cameras.set(made.id, made);
          return made;
        },
        change: (id, patch) =>
          Promise.resolve(cameras.has(id) ? { ...door, name: patch.name ?? door.name } : undefined),
        remove: (id) => Promise.resolve(cameras.delete(id)),
      },
      probe: () => Promise.resolve({ ok: true, summary: 'works' }),
      people: {
        visits: createVisitStore(db),
        buckets: createBucketStore(db),
        countsNow: (ids) => {
          const cursor = this.journal.log.cursorAt(this.journal.log.newest());
          return { cursor, cameras: ids.map((id) => countsAt(id, cursor)) };
        },
        cameraIds: () => [...cameras.keys()],
        now: () => 1_700_000_100_000,
      },
      models: {
        list: () => Promise.resolve(this.models),
        use: (name) =>
          name === 'other'
            ? Promise.resolve({ ...this.models, active: name })
            : Promise.reject(
                new ClassifierError('model-not-found', 'There is no mask classifier of that name.'),
              ),
        rollBack: () => Promise.reject(new ClassifierError('nothing-to-roll-back', 'No other one ran.')),
      },
      history: {
        buckets: createBucketStore(db),
        zones: (query) => readZoneHistory(db, query),
        alerts: this.watch.port.alerts.store,
        cameras: { list: () => [...cameras.values()] },
        notice: () => noticeOf(this.options.config.current),
        now: () => 1_700_000_100_000,
      },
      tryout: {
        desk: { picture: ({ bytes }) => Promise.reject(new TryoutError('damaged', `${bytes.length} bytes`)) },
        models: () =>
          Promise.resolve({ choice: { detector: 'maskwatch-h', classifier: '/x' }, classifier: 'x' }),
        pictures: picturePolicy(),
      },
      replays: {
        classifier: () => 'x',
        desk: {
          add: async (receive) => {
            await receive(join(dataFolder, 'clip'));
            return { id: 'clip', expiresAt: 1, runs: [] };
          },
          get: (id) => (id === 'clip' ? { id, expiresAt: 1, runs: [] } : undefined),
          run: (id, request) =>
            Promise.resolve(
              id === 'clip'
                ? { id, expiresAt: 1, runs: [{ request, state: 'waiting' as const, atMs: 0 }] }
                : undefined,
            ),
          picture: (id) => Promise.resolve(id === 'clip' ? Buffer.from('a picture') : undefined),
          remove: (id) => Promise.resolve(id === 'clip'),
        },
      },
      onboarding: createOnboardingDesk({ flags: createFlagStore(db), cameras: () => [...cameras.values()] }),
      sessions: new RtcSessions(
        { publish: session('publish'), view: session('view') },
        { publishers: 1, viewers: 3, viewersOfOneCamera: 2 },
      ),
      rtc: { iceServers: [], playoutDelayMs: 300 },
      metrics: { text: () => Promise.resolve('# no metrics\n') },
      health: () => ({
        status: 'ok',
        problems: [],
        version: '0.1.0',
        uptimeSeconds: 1,
        analysis: [],
        cameras: [],
        eventLoopP99Ms: 1,
        rssBytes: 1,
      }),
      guard: createRequestGuard({ listenHost: '127.0.0.1', allowedHosts: () => [] }),
      identify: () => localOwner,
      access: this.access,
      audit: createAuditLog(db, onProblem),
      now: Date.now,
      log: { debug: () => undefined, error: (fields) => this.logged.push(fields) },
      clientFolder,
      ...other,
    };
    this.app = checkedApp(createHttpApp(this.options), () => routeTable(this.options));
  }

  async close(): Promise<void> {
    await this.watch.close();
    this.journal.close();
    this.access.close();
    this.db.close();
  }
}

/** Three people in view of a camera, and a few more today. */
function countsAt(cameraId: string, cursor: string): CountsEvent {
  const inView = { ...nobody, mask: 2, no_mask: 1 };
  const today = { mask: 10, no_mask: 3, incorrect: 1, unknown: 2 };
  return {
    ...{ v: 1, cursor, at: Date.now(), cameraId, inView, today },
    complianceNow: complianceOf(inView),
    complianceToday: complianceOf(today),
  };
}
