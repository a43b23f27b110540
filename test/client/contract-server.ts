import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Response } from 'express';
import { Server } from 'socket.io';
import type { SessionView } from '../../server/http/access-api.js';
import type { Health, ModelList, RtcSettings } from '../../server/http/api.js';
import type {
  Alert,
  CameraView,
  ClientToServerEvents,
  CountsEvent,
  DurableEvents,
  DurableKind,
  FrameEvent,
  ServerToClientEvents,
  SubscribeRequest,
  Visit,
  ZonesEvent,
} from '../../server/realtime/events.js';

const health: Health = {
  status: 'ok',
  problems: [],
  version: '0.0.0',
  uptimeSeconds: 1,
  analysis: [],
  cameras: [],
  eventLoopP99Ms: 1,
  rssBytes: 1,
};

type Durable = {
  readonly [K in DurableKind]: { readonly kind: K; readonly event: DurableEvents[K] };
}[DurableKind];

/**
 * A small server that speaks the contract of REST and socket, with real express and socket.io, and whose state a test
 * sets by hand. It has no media: WHEP is answered with a problem document, as for a camera that has no video yet.
 */
export class ContractServer {
  readonly cameras = new Map<string, CameraView>();
  readonly counts = new Map<string, CountsEvent>();
  readonly visits: Visit[] = [];
  readonly zones = new Map<string, ZonesEvent>();
  readonly alerts: Alert[] = [];
  /** What `/api/models` answers; undefined answers 500. A `PUT` sets the active one, unless its name is `bad`. */
  models: ModelList | undefined;
  /** Every `subscribe` that came, in order. */
  readonly subscriptions: SubscribeRequest[] = [];
  /** Paths of the readings by REST, in order. */
  readonly readings: string[] = [];
  /** The cursor of the next `subscribe` is unknown, as after the loss of the log. */
  forgetsOnce = false;
  /** Who the page's caller is. */
  session: SessionView = {
    caller: { kind: 'local', name: 'local', may: ['public', 'known', 'view', 'operate', 'publish', 'admin'] },
    accounts: false,
  };
  readonly app: Express = express();
  readonly #log: Durable[] = [];
  #http: HttpServer | undefined;
  #io: Server<ClientToServerEvents, ServerToClientEvents> | undefined;
  #port = 0;

  constructor() {
    this.app.use(express.json());
    this.#routes();
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Listens on a free port, and after `stop` on the same one again. */
  async start(): Promise<void> {
    const http = createServer(this.app);
    this.#io = new Server(http, { serveClient: false });
    this.#io.on('connection', (socket) => {
      socket.on('subscribe', (request, reply) => {
        this.subscriptions.push(request);
        const from = this.forgetsOnce ? -1 : Number(request.cursor ?? this.#log.length);
        this.forgetsOnce = false;
        const missed = from < 0 ? [] : this.#log.slice(from);
        for (const { kind, event } of missed) socket.emit(kind, ...([event] as Parameters<never>));
        void socket.join('all');
        reply({ ok: true, cursor: this.cursor, replayed: missed.length, gap: from < 0 });
      });
    });
    await new Promise<void>((resolve) => http.listen(this.#port, 'localhost', resolve));
    this.#port = (http.address() as AddressInfo).port;
    this.#http = http;
  }

  /** Cuts all connections and stops listening; the state stays. Idempotent. */
  async stop(): Promise<void> {
    const io = this.#io;
    this.#io = undefined;
    this.#http?.closeAllConnections();
    this.#http = undefined;
    await io?.close();
  }

  /** The cursor of the present. */
  get cursor(): string {
    return String(this.#log.length);
  }

  /** Logs a durable event, numbered, and sends it to who is there. */
  tell<K extends DurableKind>(kind: K, event: Omit<DurableEvents[K], 'cursor'>): void {
    const numbered = { ...event, cursor: String(this.#log.length + 1) } as DurableEvents[K];
    this.#log.push({ kind, event: numbered } as Durable);
    if (kind === 'counts') this.counts.set((numbered as CountsEvent).cameraId, numbered as CountsEvent);
    this.#io?.to('all').emit(kind, ...([numbered] as Parameters<never>));
  }

  /** Sends one frame to all. @returns when all have acknowledged it */
  async frame(event: FrameEvent): Promise<void> {
    const sockets = (await this.#io?.in('all').fetchSockets()) ?? [];
    await Promise.all(
      sockets.map(
        ({ id }) =>
          new Promise<void>((resolve) => this.#io?.sockets.sockets.get(id)?.emit('frame', event, resolve)),
      ),
    );
  }

  #routes(): void {
    const { app } = this;
    const rtc: RtcSettings = { iceServers: [], playoutDelayMs: 250 };
    app.use('/api', (request, _response, next) => {
      this.readings.push(request.path);
      next();
    });
    app.get('/api/session', (_request, response) => {
      response.json(this.session);
    });
    app.get(
      '/api/cameras',
      (_request, response) => void response.json({ cameras: [...this.cameras.values()] }),
    );
    app.get('/api/counts/now', (_request, response) => {
      response.json({ cursor: this.cursor, cameras: [...this.counts.values()] });
    });
    app.get('/api/zones/now', (_request, response) => {
      response.json({ cursor: this.cursor, cameras: [...this.zones.values()] });
    });
    app.get('/api/alerts', (_request, response) => {
      response.json({ alerts: this.alerts, unseen: this.alerts.length });
    });
    app.get('/api/counts', (request, response) => {
      const { from, to } = request.query;
      response.json({ from: Number(from), to: Number(to), bucket: 'minute', buckets: [] });
    });
    app.get('/api/visits', (request, response) => {
      response.json({ visits: this.visits.filter((visit) => visit.cameraId === request.query.camera) });
    });
    app.get('/api/models', (_request, response) => {
      if (this.models === undefined) response.sendStatus(500);
      else response.json(this.models);
    });
    app.put('/api/models/active', (request, response) => {
      const { name } = request.body as { name: string };
      if (this.models === undefined || name === 'bad') {
        problem(response, 409, 'model-refused', `${name}/weights.bin is damaged`);
        return;
      }
      this.models = activate(this.models, name, [{ name, since: 1 }, ...this.models.history]);
      response.json(this.models);
    });
    app.post('/api/models/rollback', (_request, response) => {
      const history = this.models?.history.slice(1) ?? [];
      this.models = this.models && activate(this.models, history[0]?.name ?? '', history);
      response.json(this.models);
    });
    app.get('/api/health', (_request, response) => void response.json(health));
    app.get('/api/rtc', (_request, response) => void response.json(rtc));
    app.post('/whep/:camera', (_request, response) => {
      problem(response, 409, 'no-video-yet', 'no video yet');
    });
  }
}

function activate(list: ModelList, active: string, history: ModelList['history']): ModelList {
  const models = list.models.map((model) => ({ ...model, active: model.name === active }));
  return { models, active, history };
}

/** Answers with a problem document (RFC 9457). */
function problem(response: Response, status: number, code: string, detail: string): void {
  const document = { type: 'about:blank', title: 'Conflict', status, detail, code };
  response.status(status).type('application/problem+json').send(JSON.stringify(document));
}
