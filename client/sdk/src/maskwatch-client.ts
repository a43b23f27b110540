import { io } from 'socket.io-client';
import { memoryCursor } from './cursor-store.js';
import { type EventHandlers, type EventSocket, EventStream, type FollowOptions } from './event-stream.js';
import { RestClient } from './rest-client.js';

export { browserCursor, type CursorStore, memoryCursor } from './cursor-store.js';
export { type EventHandlers, EventStream, type FollowOptions } from './event-stream.js';
export { MaskwatchError } from './maskwatch-error.js';
export { type HistoryQuery, type Query, RestClient, type VisitQuery } from './rest-client.js';
export type * from './contract/api.js';
export type * from './contract/events.js';

/** How to reach a server. */
export interface MaskwatchClientOptions {
  /** An API token; a page of the server itself needs none, it has its session. */
  readonly token?: string;
  /** Another `fetch`, for example one that goes through a proxy. */
  readonly fetch?: typeof fetch;
}

/** One Maskwatch server: REST by `rest`, events by `follow`. */
export class MaskwatchClient {
  readonly rest: RestClient;
  readonly #base: URL;
  readonly #token: string | undefined;

  /** @param url for example `https://masks.example.org`; a path in front of the server's own may follow */
  constructor(url: string | URL, { token, fetch: fetcher = fetch }: MaskwatchClientOptions = {}) {
    const base = new URL(url);
    if (!base.pathname.endsWith('/')) base.pathname += '/';
    this.#base = base;
    this.#token = token;
    this.rest = new RestClient(base, token, (...parameters) => fetcher(...parameters));
  }

  /** Follows events from now on, or from where the cursor says; see `EventStream`. */
  follow(handlers: EventHandlers, options: FollowOptions = {}): EventStream {
    const socket: EventSocket = io(this.#base.origin, {
      path: `${this.#base.pathname}socket.io`,
      transports: ['websocket'],
      autoConnect: false,
      forceNew: true,
      ...(this.#token === undefined ? {} : { auth: { token: this.#token } }),
    });
    return new EventStream(socket, handlers, { ...options, cursor: options.cursor ?? memoryCursor() });
  }
}
