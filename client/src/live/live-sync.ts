import type { Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  DurableEvents,
  DurableKind,
  ServerToClientEvents,
  SubscribeReply,
  SubscribeRequest,
} from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import type { MaskwatchApi } from '../api/maskwatch-api.js';
import type { OverlayHub } from '../overlay/overlay-hub.js';
import type { AppStore } from '../state/app-store.js';
import { applySnapshot, reducers } from '../state/live-state.js';
import { connected, eventApplied, notStarted, stateRead, subscribed, type Resumed } from './resume.js';

/** The socket, typed by the server's contract. */
export type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** What the live sync needs. */
export interface LiveSyncParts {
  readonly socket: LiveSocket;
  readonly api: Pick<MaskwatchApi, 'cameras' | 'countsNow' | 'zonesNow' | 'alerts'>;
  readonly store: AppStore;
  readonly overlays: OverlayHub;
  /** Steady milliseconds. */
  readonly now: () => number;
}

/** After a failure to get in step, the next try comes this much later. */
const retryMs = 3000;
/** An answer to `subscribe` that takes longer is not coming. */
const answerLimitMs = 10_000;

/**
 * Keeps the store in step with the server: reads the state once, follows the durable events by cursor, and after a
 * lost connection asks for exactly what was missed. The decisions are in `resume.ts`; this carries them out.
 */
export class LiveSync {
  readonly #parts: LiveSyncParts;
  #resume = notStarted;
  /** Grows with each connection, so that what an older one started is dropped. */
  #era = 0;
  #wasOnline = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Listens at once; the socket is connected by `start`. */
  constructor(parts: LiveSyncParts) {
    this.#parts = parts;
    const { socket, overlays, now } = parts;
    socket.on('connect', () => void this.#getInStep());
    socket.on('disconnect', () => this.#lost());
    socket.on('connect_error', () => this.#lost());
    socket.on('frame', (event, ack) => {
      overlays.take(event, now());
      // The ring behind the hub is bounded, so the frame is out of the way and the next may come.
      ack();
    });
    socket.on('counts', (event) => this.#apply('counts', event));
    socket.on('visit', (event) => this.#apply('visit', event));
    socket.on('zones', (event) => this.#apply('zones', event));
    socket.on('alert', (event) => this.#apply('alert', event));
    socket.on('camera', (event) => {
      this.#apply('camera', event);
      if (event.change === 'removed') overlays.remove(event.camera.id);
    });
  }

  /** Connects, and from then on stays connected. */
  start(): void {
    this.#parts.socket.connect();
  }

  /** Ends the connection; idempotent. */
  close(): void {
    this.#era += 1;
    clearTimeout(this.#retry);
    this.#parts.socket.disconnect();
  }

  /** Reads the state afresh, as after a failure that the user does not want to wait out. */
  retryNow(): void {
    clearTimeout(this.#retry);
    if (this.#parts.socket.connected) void this.#getInStep();
    else this.#parts.socket.connect();
  }

  #apply<K extends DurableKind>(kind: K, event: DurableEvents[K]): void {
    const { live } = this.#parts.store;
    live.value = reducers[kind](live.peek(), event);
    this.#resume = eventApplied(this.#resume, event);
  }

  #lost(): void {
    this.#era += 1;
    clearTimeout(this.#retry);
    const { connection } = this.#parts.store;
    if (connection.peek().phase !== 'lost') connection.value = { phase: 'lost', sinceMs: this.#parts.now() };
  }

  async #getInStep(): Promise<void> {
    const era = (this.#era += 1);
    const { store } = this.#parts;
    let reread = false;
    try {
      let next = connected(this.#resume);
      while (era === this.#era) {
        this.#resume = next.state;
        const { step } = next;
        if (step.do === 'fail') throw new Error(step.message);
        if (step.do === 'follow') {
          store.connection.value = {
            phase: 'online',
            back: this.#wasOnline,
            replayed: step.replayed,
            reread,
          };
          store.loadError.value = undefined;
          this.#wasOnline = true;
          return;
        }
        reread ||= step.do === 'read';
        next = step.do === 'read' ? await this.#read() : await this.#subscribe(step.cursor);
      }
    } catch (error) {
      if (era !== this.#era) return;
      store.loadError.value = messageOf(error);
      this.#resume = notStarted;
      this.#retry = setTimeout(() => this.retryNow(), retryMs);
    }
  }

  /** Counts first: their cursor must not be newer than what is read after them. */
  async #read(): Promise<Resumed> {
    const { api, store } = this.#parts;
    const counts = await api.countsNow();
    const cameras = await api.cameras();
    const [zones, alerts] = await Promise.all([api.zonesNow(), api.alerts({ state: 'open', limit: 50 })]);
    store.live.value = applySnapshot(store.live.peek(), {
      cameras,
      counts: counts.cameras,
      zones: zones.cameras,
      alerts: alerts.alerts,
    });
    store.loaded.value = true;
    return stateRead(this.#resume, counts.cursor);
  }

  async #subscribe(cursor: string): Promise<Resumed> {
    const request: SubscribeRequest = {
      cameras: '*',
      kinds: ['counts', 'visit', 'camera', 'zones', 'alert', 'frame'],
      cursor,
    };
    const reply = await new Promise<SubscribeReply>((resolve, reject) => {
      this.#parts.socket.timeout(answerLimitMs).emit('subscribe', request, (error, answer) => {
        // The types say that there always is an error; there is one only when no answer came in time.
        if (error as Error | null) reject(error);
        else resolve(answer);
      });
    });
    return subscribed(this.#resume, reply);
  }
}
