import type { Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  DurableEvents,
  DurableKind,
  EventKind,
  FrameEvent,
  ServerToClientEvents,
  SubscribeReply,
  SubscribeRequest,
} from './contract/events.js';
import type { CursorStore } from './cursor-store.js';
import { MaskwatchError } from './maskwatch-error.js';
import { WorkLine } from './work-line.js';

/** What to do with what comes. A handler may return a promise: the next event waits for it. */
export type EventHandlers = {
  readonly [Kind in DurableKind]?: (event: DurableEvents[Kind]) => void | Promise<void>;
} & {
  /** The overlay of one frame. Frames come no faster than this is done with them. */
  readonly frame?: (event: FrameEvent) => void | Promise<void>;
  /** In step with the server; `replayed` missed events have been handed over before. */
  readonly online?: (replayed: number) => void;
  /** The connection is lost; the stream comes back by itself. */
  readonly offline?: (reason: string) => void;
  /** Events may be missing, since the cursor was unknown or too old: read the state afresh by REST. */
  readonly gap?: () => void | Promise<void>;
  /** A handler threw, or the server refused. */
  readonly error?: (error: unknown) => void;
};

/** What to follow. */
export interface FollowOptions {
  /** Camera ids, or `*` for all, also those added later; `*` where absent. */
  readonly cameras?: readonly string[] | '*';
  /** Kinds of events; those that have a handler where absent. */
  readonly kinds?: readonly EventKind[];
  /** Where to go on; memory where absent, which lasts as long as the program. */
  readonly cursor?: CursorStore;
}

/** A socket, typed by the contract. */
export type EventSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Cursors remembered, to tell an event that comes a second time. */
const rememberedCursors = 1000;
/** Unhandled events after which the stream lets go of the server, and comes back when they are done. */
const mostUnhandled = 2000;
/** After a handler threw, its event comes again this much later, in milliseconds. */
const retryMs = 1000;
const answerLimitMs = 15_000;

/** Every kind stands here, or it does not compile. */
const durable: Readonly<Record<DurableKind, true>> = {
  counts: true,
  visit: true,
  camera: true,
  alert: true,
  zones: true,
};
type AnyDurable = DurableEvents[DurableKind];
const durableKinds = Object.keys(durable) as DurableKind[];
/** Refusals that asking again does not change. */
const lasting = new Set(['invalid-request', 'forbidden']);

/**
 * Follows the events of a server. Every durable event is handled at least once, in order: the cursor is saved when the handler
 * is done, and after a lost connection or a restart the stream goes on from there. An event that comes twice over one running
 * stream is handed over once.
 */
export class EventStream {
  readonly #line = new WorkLine();
  readonly #seen = new Set<string>();
  readonly #kinds: readonly EventKind[];
  #cursor: string | undefined;
  #loaded = false;
  #closed = false;
  #resting = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly socket: EventSocket,
    readonly handlers: EventHandlers,
    readonly options: FollowOptions & { readonly cursor: CursorStore },
  ) {
    this.#kinds =
      options.kinds ?? ([...durableKinds, 'frame'] as const).filter((kind) => handlers[kind] !== undefined);
    socket.on('connect', () => void this.#subscribe());
    socket.on('disconnect', (reason) => {
      this.#line.drop();
      if (!this.#closed && !this.#resting) handlers.offline?.(reason);
      // The server ended this very socket (an update of what it may do, for example): come back as after a failure.
      if (reason === 'io server disconnect') this.#comeBack();
    });
    socket.on('connect_error', (error) => {
      handlers.offline?.(error.message);
      // A refusal of the server is no trouble of the network: socket.io does not try again by itself.
      if (!socket.active) this.#fail(new MaskwatchError(codeOf(error), error.message, 0));
    });
    socket.on('frame', (event, taken) => void this.#draw(event, taken));
    for (const kind of durableKinds) this.#listen(kind);
    socket.connect();
  }

  /** Ends the stream; resolves when the handler that is at work is done and its cursor saved. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#line.drop();
    this.socket.disconnect();
    await this.#line.empty();
  }

  #listen(kind: DurableKind): void {
    // All kinds are handled alike; that this handler takes this kind is known to the type of the handlers alone.
    const handler = this.handlers[kind] as ((event: AnyDurable) => void | Promise<void>) | undefined;
    this.socket.on(kind, (event: AnyDurable) => {
      this.#line.add(
        () => this.#handle(event.cursor, () => handler?.(event)),
        (error) => this.#failed(error),
      );
      if (this.#line.length > mostUnhandled) this.#rest();
    });
  }

  async #handle(cursor: string, work: () => void | Promise<void>): Promise<void> {
    if (this.#closed || this.#seen.has(cursor)) return;
    await work();
    this.#seen.add(cursor);
    const [oldest] = this.#seen;
    if (this.#seen.size > rememberedCursors && oldest !== undefined) this.#seen.delete(oldest);
    await this.#save(cursor);
  }

  async #save(cursor: string): Promise<void> {
    await this.options.cursor.save(cursor);
    this.#cursor = cursor;
  }

  async #subscribe(): Promise<void> {
    try {
      // What the connection before left is still being done, and moves the cursor.
      await this.#line.empty();
      if (!this.#loaded) this.#cursor = await this.options.cursor.load();
      this.#loaded = true;
      const request: SubscribeRequest = {
        cameras: this.options.cameras ?? '*',
        kinds: this.#kinds,
        ...(this.#cursor === undefined ? {} : { cursor: this.#cursor }),
      };
      const socket = this.socket.timeout(answerLimitMs);
      const answer = (await socket.emitWithAck('subscribe', request)) as SubscribeReply;
      if (!answer.ok) {
        const { code, message } = answer.error;
        const error = new MaskwatchError(code, message, 0);
        if (lasting.has(code)) this.#fail(error);
        else this.#failed(error);
        return;
      }
      const { cursor, replayed, gap } = answer;
      // In line behind what was replayed, so that the place is never ahead of what was handled.
      this.#line.add(
        async () => {
          if (gap) await this.handlers.gap?.();
          await this.#save(cursor);
          this.handlers.online?.(replayed);
        },
        (error) => this.#failed(error),
      );
    } catch (error) {
      // No answer came. A connection that is lost comes back by itself; one that is silent is given up.
      if (this.socket.connected) this.#failed(error);
    }
  }

  async #draw(event: FrameEvent, taken: () => void): Promise<void> {
    try {
      await this.handlers.frame?.(event);
    } catch (error) {
      this.handlers.error?.(error);
    } finally {
      taken();
    }
  }

  /** Too much waits: let go, and go on from the last handled event when there is room again. */
  #rest(): void {
    if (this.#resting || this.#closed) return;
    this.#resting = true;
    this.socket.disconnect();
    void this.#line.empty().then(() => {
      this.#resting = false;
      if (!this.#closed) this.socket.connect();
    });
  }

  /** Something went wrong that may go better next time. */
  #failed(error: unknown): void {
    if (this.#closed) return;
    this.handlers.error?.(error);
    this.socket.disconnect();
    this.#comeBack();
  }

  #comeBack(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (!this.#closed) this.socket.connect();
    }, retryMs);
  }

  /** Something is wrong that will not change by itself. */
  #fail(error: MaskwatchError): void {
    this.handlers.error?.(error);
    void this.close();
  }
}

/** The code that the server gives a refused handshake. */
function codeOf(error: Error): string {
  const { data } = error as { readonly data?: { readonly code?: unknown } };
  return typeof data?.code === 'string' ? data.code : 'refused';
}
