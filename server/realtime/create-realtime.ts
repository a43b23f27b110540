import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Server } from 'socket.io';
import { type Caller, type Ground, restsOn } from '../access/caller.js';
import type { Journal } from '../storage/journal.js';
import { DurableFeed } from './durable-feed.js';
import { emitLogged, type EventServer, type EventSocket, roomOf } from './event-server.js';
import { checkEventTable, eventTable } from './event-table.js';
import type { FrameEvent, SubscribeReply } from './events.js';
import { FrameHub, type FrameStats } from './frame-hub.js';
import { frameParser } from './frame-parser.js';
import { admitCallers, callerOfSocket, type IdentifySocket } from './handshake.js';
import { createSendGauge, type SendGauge } from './send-gauge.js';
import { readSubscribeRequest } from './subscribe-request.js';
import type { TellViews, ViewFollowed } from './view-followed.js';
import { visibleCameras } from './visible-cameras.js';

/** Limits of the event server; the defaults suit a server. */
export interface RealtimeLimits {
  /** Connected clients: 1000. */
  readonly clients: number;
  /** Unsent packets and bytes after which a client is cut off as too slow: 1000 and 4 MiB. */
  readonly unsentPackets: number;
  readonly unsentBytes: number;
  /** Milliseconds between two looks for slow clients: 1000. */
  readonly checkEveryMs: number;
  /** Events replayed for one `subscribe`: 20000. */
  readonly replay: number;
  /** Messages a client may send in 10 s, acknowledgements not counted: 50. */
  readonly messages: number;
}

const defaultLimits: RealtimeLimits = {
  clients: 1000,
  unsentPackets: 1000,
  unsentBytes: 4 * 2 ** 20,
  checkEveryMs: 1000,
  replay: 20_000,
  messages: 50,
};

/** Milliseconds that clients have for the closing handshake before they are cut off. */
const closingGraceMs = 200;

/** What the event server stands on. */
export interface RealtimeOptions {
  readonly journal: Pick<Journal, 'log' | 'onCommit'>;
  /** Decides by Host and Origin whether a handshake may go on; CORS does not protect websockets. */
  readonly allow: (request: IncomingMessage) => boolean;
  /** Who opens a socket; asked again whenever it matters. */
  readonly identify: IdentifySocket;
  readonly limits?: Partial<RealtimeLimits>;
  /** Told of what each socket follows, before the first event of it is sent. */
  readonly tellViews?: TellViews;
  /** Told of clients that were cut off. */
  readonly onCutOff?: (clientId: string, reason: CutOffReason) => void;
}

/** Why the server ended a connection. */
export type CutOffReason = 'slow-consumer' | 'too-many-messages' | 'access-ended';

/** Counters since the start, and what is connected now. */
export interface RealtimeStats {
  readonly clients: number;
  readonly frames: FrameStats;
  readonly cutOff: Readonly<Record<CutOffReason, number>>;
  readonly refusedHandshakes: number;
}

/** The event server: durable events by subscription and cursor, frames by credit. */
export interface Realtime {
  /** Offers the overlay of one frame to the clients that want it. */
  publishFrame(frame: FrameEvent): void;
  stats(): RealtimeStats;
  /** Cuts off every client whose access rested on what has ended; it comes back with what it may do now, if anything. */
  endOf(ground: Ground, id: string): void;
  /** Ends all connections, so that clients come back by themselves; idempotent. The HTTP server stays. */
  close(): Promise<void>;
}

/**
 * Puts the event server on an HTTP server, at `/socket.io`.
 *
 * @throws TypeError where a message of the event table declares no permission
 */
export function createRealtime(http: HttpServer, options: RealtimeOptions): Realtime {
  checkEventTable(eventTable);
  const limits = { ...defaultLimits, ...options.limits };
  const { journal } = options;
  const frames = new FrameHub<string>();
  const gauges = new Map<EventSocket, SendGauge>();
  const callers = new Map<EventSocket, Caller>();
  const cutOff: Record<CutOffReason, number> = {
    'slow-consumer': 0,
    'too-many-messages': 0,
    'access-ended': 0,
  };
  let refusedHandshakes = 0;
  let closed = false;

  const io: EventServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: 16 * 1024,
    pingInterval: 10_000,
    pingTimeout: 15_000,
    connectTimeout: 10_000,
    parser: frameParser,
    allowRequest: (request, decide) => {
      const allowed = !closed && gauges.size < limits.clients && options.allow(request);
      if (!allowed) refusedHandshakes++;
      decide(allowed ? null : 'refused', allowed);
    },
  });

  const cut = (socket: EventSocket, reason: CutOffReason): void => {
    cutOff[reason]++;
    options.onCutOff?.(socket.id, reason);
    // Closing the connection, not the socket: the client library then comes back by itself and resumes.
    const terminate = terminatorOf(socket);
    socket.conn.close(true);
    terminate();
  };

  admitCallers(io, options.identify);
  io.on('connection', (socket) => {
    // Asked again: access may have ended since the handshake, and from here on its end is told.
    const caller = callerOfSocket(socket, options.identify);
    callers.set(socket, caller);
    const gauge = createSendGauge(socket.conn);
    const feed = new DurableFeed(socket, journal.log, gauge, limits.replay);
    gauges.set(socket, gauge);
    const follows = options.tellViews?.(caller, socket.request);
    socket.on('disconnect', () => {
      gauges.delete(socket);
      callers.delete(socket);
      frames.remove(socket.id);
    });
    limitMessages(socket, limits.messages, () => cut(socket, 'too-many-messages'));
    socket.on('subscribe', (request: unknown, reply: unknown) => {
      // What comes over the wire need not keep the contract: the types above are only a promise.
      if (!isReply(reply)) return;
      void answer(socket, caller, feed, request, follows).then(reply);
    });
    if (!caller.may.has('view')) cut(socket, 'access-ended');
  });

  const answer = async (
    socket: EventSocket,
    caller: Caller,
    feed: DurableFeed,
    value: unknown,
    follows: ((view: ViewFollowed) => void) | undefined,
  ): Promise<SubscribeReply> => {
    if (!caller.may.has(eventTable.subscribe.permission)) return forbidden;
    const read = readSubscribeRequest(value);
    if (!read.ok) return { ok: false, error: { code: 'invalid-request', message: read.message } };
    const { kinds } = read.request;
    const cameras = visibleCameras(caller, read.request.cameras);
    follows?.({ cameras, kinds });
    frames.want(socket.id, kinds.includes('frame') ? cameras : [], (frame, taken) => {
      // Not socket.io's `volatile`: that drops in silence, and the credit would never come back. The credit itself
      // keeps at most two frames under way.
      socket.emit('frame', frame, taken);
    });
    try {
      return await feed.subscribe({ ...read.request, cameras });
    } catch {
      return { ok: false, error: { code: 'unavailable', message: 'The log could not be read. Try again.' } };
    }
  };

  const unsubscribe = journal.onCommit((logged) => {
    const rooms = [roomOf(logged.kind, logged.cameraId), roomOf(logged.kind, '*')];
    // socket.io would encode it for nobody too.
    if (!rooms.some((room) => io.of('/').adapter.rooms.has(room))) return;
    // One broadcast to both rooms: encoded once, and once only to a client in both.
    emitLogged(io.to(rooms), logged);
  });

  const timer = setInterval(() => {
    for (const [socket, gauge] of gauges) {
      if (gauge.packets() > limits.unsentPackets || gauge.bytes() > limits.unsentBytes) {
        cut(socket, 'slow-consumer');
      }
    }
  }, limits.checkEveryMs);
  timer.unref();

  return {
    publishFrame: (frame) => frames.publish(frame),
    stats: () => ({
      clients: gauges.size,
      frames: frames.stats(),
      cutOff: { ...cutOff },
      refusedHandshakes,
    }),
    endOf: (ground, id) => {
      for (const [socket, caller] of callers) {
        if (restsOn(caller, ground, id)) cut(socket, 'access-ended');
      }
    },
    close: async () => {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      unsubscribe();
      const gone = [...gauges.keys()].map(
        (socket) => new Promise((resolve) => socket.once('disconnect', resolve)),
      );
      const terminators = [...gauges.keys()].map(terminatorOf);
      io.engine.close();
      await Promise.all(gone);
      if (terminators.length === 0) return;
      await pause(closingGraceMs);
      for (const terminate of terminators) terminate();
    },
  };
}

const forbidden: SubscribeReply = {
  ok: false,
  error: { code: 'forbidden', message: 'Your account may not do this.' },
};

/**
 * What cuts the TCP connection under a socket. Closing a websocket politely waits half a minute for a peer that no
 * longer reads, and keeps all that was queued for it.
 */
function terminatorOf({ conn }: EventSocket): () => void {
  const { socket } = conn.transport as { socket?: { terminate?: () => void } };
  return () => socket?.terminate?.();
}

function isReply(value: unknown): value is (answer: SubscribeReply) => void {
  return typeof value === 'function';
}

/** Calls `exceeded` once when a socket sends more than `most` messages within 10 s. */
function limitMessages(socket: EventSocket, most: number, exceeded: () => void): void {
  let seen = 0;
  const timer = setInterval(() => (seen = 0), 10_000);
  timer.unref();
  socket.on('disconnect', () => clearInterval(timer));
  socket.onAny(() => {
    if (++seen === most + 1) exceeded();
  });
}
