import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { AccessUnit } from '../../streams/access-unit.js';
import type { RtspAuth } from './rtsp-auth.js';
import { RtspConnection } from './rtsp-connection.js';

/**
 * How the camera behaves: `well`; `not-found` answers 404; `mute` takes connections and answers nothing; `stall` plays
 * and then sends no more, the connection stays open; `reset` breaks each connection with RST when it shall play;
 * `slow` answers each request after a second; `unready` closes each connection at once.
 */
export type CameraManners = 'well' | 'not-found' | 'mute' | 'stall' | 'reset' | 'slow' | 'unready';

/** A picture that goes out. */
export interface RtspPicture {
  /** Address of the camera as its client asked for it. */
  readonly url: string;
  /** Which connection of the camera, counted from 1. */
  readonly connection: number;
  /** RTP timestamp. */
  readonly timestamp: number;
}

/** What the test camera plays. */
export interface RtspServerOptions {
  /** H.264 pictures, the first a keyframe with parameter sets; played in real time, in a loop. */
  readonly units: readonly AccessUnit[];
  readonly fps: number;
  readonly auth?: RtspAuth;
  /** Sends the video over UDP and not otherwise. */
  readonly udp?: boolean;
  /** Speaks TLS with these, in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Ticks of 90 kHz by which the timestamp of the n-th picture of a connection is moved; none where absent. */
  readonly shift?: (picture: number) => number;
  /** Told of each picture right before it is sent. */
  readonly onPicture?: (picture: RtspPicture) => void;
}

/** A camera for tests: RTSP over TCP with interleaved RTP (RFC 2326, section 10.12), which misbehaves on demand. */
export class RtspServer {
  /** How it behaves from now on, also to those who are connected. */
  manners: CameraManners = 'well';
  /** Told of each picture right before it is sent; besides the option. */
  onPicture: (picture: RtspPicture) => void = () => undefined;
  /** Connections since the start. */
  connections = 0;
  /** Most connections at one time. */
  mostAtOnce = 0;
  readonly #scheme: string;
  readonly #server: Server;
  readonly #open = new Set<RtspConnection>();

  private constructor(options: RtspServerOptions) {
    this.#scheme = options.tls === undefined ? 'rtsp' : 'rtsps';
    const welcome = (socket: Socket): void => {
      this.connections += 1;
      if (this.manners === 'unready') {
        socket.destroy();
        return;
      }
      const onPicture = (picture: RtspPicture): void => {
        options.onPicture?.(picture);
        this.onPicture(picture);
      };
      const all = { ...options, onPicture };
      const connection = new RtspConnection(socket, this.connections, all, () => this.manners);
      this.#open.add(connection);
      this.mostAtOnce = Math.max(this.mostAtOnce, this.#open.size);
      socket.on('close', () => {
        this.#open.delete(connection);
      });
    };
    this.#server = options.tls === undefined ? createServer(welcome) : createTlsServer(options.tls, welcome);
  }

  static async start(options: RtspServerOptions, port = 0): Promise<RtspServer> {
    const server = new RtspServer(options);
    server.#server.listen(port, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections open now. */
  get open(): number {
    return this.#open.size;
  }

  /** @param userInfo `user:password` as it stands in an address */
  url(userInfo?: string): string {
    return `${this.#scheme}://${userInfo === undefined ? '' : `${userInfo}@`}127.0.0.1:${this.port}/stream`;
  }

  /** Breaks all connections that are open; new ones are welcome. */
  cut(): void {
    for (const connection of this.#open) connection.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }
}
