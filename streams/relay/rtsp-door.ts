import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { isOwnUser } from './peer-owner.js';
import type { RtspMessage } from './rtsp-reader.js';
import { RtspReader } from './rtsp-reader.js';
import { RtspSession, type RtspTarget } from './rtsp-session.js';

interface Route {
  readonly target: RtspTarget;
  session: RtspSession | undefined;
}

/** Until a connection has said which camera it wants. */
const firstWordMs = 5000;

/** The RTSP side of the relay: takes ffmpeg's connections on the loopback interface and leads each to its camera. */
export class RtspDoor {
  readonly #routes = new Map<string, Route>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      // A reader that goes away in the middle is nothing to tell.
      socket.on('error', () => undefined);
      void this.#welcome(socket);
    });
  }

  /** Opens it on a free port of 127.0.0.1. */
  static async open(): Promise<RtspDoor> {
    const door = new RtspDoor();
    door.#server.listen(0, '127.0.0.1');
    await once(door.#server, 'listening');
    return door;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @returns the address that leads to the camera from now on */
  add(id: string, target: RtspTarget): string {
    this.#routes.set(id, { target, session: undefined });
    return `rtsp://127.0.0.1:${this.port}/${id}`;
  }

  async remove(id: string): Promise<void> {
    const session = this.#routes.get(id)?.session;
    this.#routes.delete(id);
    session?.close();
    await session?.ended;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    const ids = [...this.#routes.keys()];
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(ids.map((id) => this.remove(id)));
    await closed;
  }

  async #welcome(socket: Socket): Promise<void> {
    socket.pause();
    if (!(await isOwnUser(socket.remotePort ?? 0, this.port))) {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    socket.setTimeout(firstWordMs, () => socket.destroy());
    const reader = new RtspReader();
    const listen = (chunk: Buffer): void => {
      try {
        const message = reader.push(chunk).find((item): item is RtspMessage => !Buffer.isBuffer(item));
        if (message === undefined) return;
        socket.off('data', listen);
        socket.setTimeout(0);
        void this.#begin(socket, message);
      } catch {
        // Not RTSP: whoever this is, it is not ffmpeg.
        socket.destroy();
      }
    };
    socket.on('data', listen);
    socket.resume();
  }

  async #begin(socket: Socket, first: RtspMessage): Promise<void> {
    const [id, rest] = this.#place(first);
    const route = this.#routes.get(id);
    if (route === undefined || rest === undefined) {
      socket.end('RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n');
      return;
    }
    socket.pause();
    // One connection to a camera at a time: many allow no more, and whoever reads an address off a command line gets nowhere.
    while (route.session !== undefined) {
      const before = route.session;
      before.close();
      await before.ended;
      if (route.session === before) route.session = undefined;
    }
    if (this.#routes.get(id) !== route || socket.destroyed) {
      socket.destroy();
      return;
    }
    const session = new RtspSession(socket, route.target);
    route.session = session;
    void session.ended.then(() => {
      if (route.session === session) route.session = undefined;
    });
    session.request(first, rest);
    socket.on('data', (chunk) => {
      session.data(chunk, (message) => {
        const [named, below] = this.#place(message);
        return named === id ? below : undefined;
      });
    });
    socket.resume();
  }

  /** Which camera a request is about, and what stands behind its address. */
  #place({ start }: RtspMessage): [id: string, rest: string | undefined] {
    const path = /^\S+ rtsp:\/\/127\.0\.0\.1:\d+\/([0-9a-f]+)(\/\S*)? RTSP\/1\.\d$/.exec(start);
    return path === null ? ['', undefined] : [path[1] ?? '', path[2] ?? ''];
  }
}
