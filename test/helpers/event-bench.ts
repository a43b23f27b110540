import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io } from 'socket.io-client';
import { createRequestGuard } from '../../server/http/request-guard.js';
import { type Caller, localOwner } from '../../server/access/caller.js';
import { createRealtime, type Realtime, type RealtimeLimits } from '../../server/realtime/create-realtime.js';
import type { SubscribeReply } from '../../server/realtime/events.js';
import { createJournal, type Journal } from '../../server/storage/journal.js';
import { type Database, openDatabase } from '../../server/storage/open-database.js';
import { visit } from './people.js';
import type { ClientSocket } from './server-process.js';

/** A real event server on a real database and a free port, with real clients. */
export class EventBench {
  readonly #clients: ClientSocket[] = [];
  readonly #db: Database;
  readonly #http: Server;
  readonly journal: Journal;
  readonly realtime: Realtime;

  /** @param identify who opens a socket; whoever sits at the machine where absent */
  constructor(
    folder: string,
    limits: Partial<RealtimeLimits> = {},
    identify: (request: IncomingMessage, token?: string) => Caller = () => localOwner,
  ) {
    this.#db = openDatabase(folder);
    this.journal = createJournal(this.#db);
    this.#http = createServer();
    const guard = createRequestGuard({ listenHost: '127.0.0.1', allowedHosts: () => [] });
    this.realtime = createRealtime(this.#http, {
      journal: this.journal,
      allow: (request) => guard(request) === undefined,
      identify,
      limits,
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
  }

  client(extraHeaders: Record<string, string> = {}): ClientSocket {
    const socket: ClientSocket = io(this.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders,
    });
    this.#clients.push(socket);
    return socket;
  }

  /** Asks with a request of any shape, as a hostile client would. */
  async subscribe(socket: ClientSocket, request: unknown): Promise<SubscribeReply> {
    const reply: unknown = await socket.timeout(10_000).emitWithAck('subscribe', request as never);
    return reply as SubscribeReply;
  }

  /** Resolves when all that was sent before has come: the answer comes after it on the same connection. */
  async settled(socket: ClientSocket): Promise<void> {
    await this.subscribe(socket, { cameras: [], kinds: [] });
  }

  /** Commits visit events. */
  add(count: number, cameraId = 'door'): void {
    for (let i = 0; i < count; i++) {
      this.journal.append('visit', cameraId, 1, { visit: visit(`v${i}`, { cameraId }) });
    }
    this.journal.flush();
  }

  async close(): Promise<void> {
    for (const socket of this.#clients) socket.disconnect();
    await this.realtime.close();
    await this.realtime.close();
    await new Promise((resolve) => this.#http.close(resolve));
    this.journal.close();
    this.#db.close();
  }
}
