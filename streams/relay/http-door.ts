import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { HttpRoute } from './http-route.js';
import { isOwnUser } from './peer-owner.js';
import { isPlaylist, rewritePlaylist } from './playlist.js';
import { RelayError, relayErrorOf } from './relay-problem.js';

const passedDown = ['content-type', 'content-length', 'content-range', 'accept-ranges'];
const mostPlaylistBytes = 1024 * 1024;

/** The HTTP side of the relay: `/<id>/<number>` is an address of a camera. Playlists are rewritten to such addresses. */
export class HttpDoor {
  readonly #routes = new Map<string, HttpRoute>();
  readonly #running = new Map<AbortController, string>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => {
        // The reason is kept by the route; ffmpeg gets a broken connection, as it would from the camera.
        response.destroy();
      });
    });
  }

  /** Opens it on a free port of 127.0.0.1. */
  static async open(): Promise<HttpDoor> {
    const door = new HttpDoor();
    door.#server.listen(0, '127.0.0.1');
    await once(door.#server, 'listening');
    return door;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @returns the address that leads to the camera from now on */
  add(id: string, route: HttpRoute): string {
    this.#routes.set(id, route);
    return `http://127.0.0.1:${this.port}${localPath(id, 0, route.get(0))}`;
  }

  remove(id: string): void {
    this.#routes.delete(id);
    for (const [abort, of] of this.#running) if (of === id) abort.abort();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const id of [...this.#routes.keys()]) this.remove(id);
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id = '', number = ''] = /^\/([0-9a-f]+)\/(\d+)(?:\.\w*)?$/.exec(request.url ?? '') ?? [];
    const route = this.#routes.get(id);
    const url = route?.get(Number(number));
    const known = route !== undefined && url !== undefined && number !== '';
    if (!known || request.method !== 'GET' || !(await isOwnUser(request.socket.remotePort ?? 0, this.port))) {
      response.writeHead(404).end();
      return;
    }
    const abort = new AbortController();
    response.once('close', () => abort.abort());
    this.#running.set(abort, id);
    try {
      await this.#pass(id, route, url, request.headers.range, response, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) route.problem = relayErrorOf(error);
      throw error;
    } finally {
      this.#running.delete(abort);
    }
  }

  async #pass(
    id: string,
    route: HttpRoute,
    url: URL,
    range: string | undefined,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> {
    const answer = await route.ask(url, range, signal);
    const { statusCode: status = 502, headers } = answer;
    if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
      throw new RelayError('unreadable', 'the camera packs its answer in a way that nobody asked for');
    }
    const passed = passedDown.flatMap((name) =>
      typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [],
    );
    const head = await firstBytes(answer);
    if (!isPlaylist(head)) {
      response.writeHead(status, Object.fromEntries(passed));
      response.write(head);
      await pipeline(answer, response);
      return;
    }
    const local = (address: string): string | undefined => {
      if (!URL.canParse(address, url.href)) return undefined;
      const to = new URL(address, url.href);
      return route.isOurs(to) ? localPath(id, route.add(to), to) : undefined;
    };
    const text = rewritePlaylist((await whole(head, answer)).toString('utf8'), local);
    response
      .writeHead(status, { 'content-type': headers['content-type'] ?? 'application/vnd.apple.mpegurl' })
      .end(text);
  }
}

/** Our path for an address; the ending helps ffmpeg to know a playlist. */
function localPath(id: string, number: number, url: URL | undefined): string {
  return `/${id}/${number}${/\.[a-z0-9]{1,5}$/i.exec(url?.pathname ?? '')?.[0] ?? ''}`;
}

/** Enough bytes to know a playlist by; fewer when there are no more. They are not read again. */
async function firstBytes(answer: IncomingMessage): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 7) {
    const part = answer.read() as Buffer | null;
    if (part !== null) head = Buffer.concat([head, part]);
    else if (answer.readableEnded || answer.destroyed) break;
    else await Promise.race([once(answer, 'readable'), once(answer, 'end')]);
  }
  return head;
}

async function whole(head: Buffer, answer: IncomingMessage): Promise<Buffer> {
  const parts = [head];
  let bytes = head.length;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostPlaylistBytes) throw new RelayError('unreadable', 'a playlist without end');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
