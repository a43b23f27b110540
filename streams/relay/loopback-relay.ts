import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { CertificateRule } from './certificate-rule.js';
import { revealAddress } from './credentials.js';
import { dial, resolveAnyHost, type ResolveHost, upstreamOf } from './dial.js';
import { HttpDoor } from './http-door.js';
import { type HttpLimits, HttpRoute, usualLimits } from './http-route.js';
import type { RelayError } from './relay-problem.js';
import { RtspDoor } from './rtsp-door.js';
import type { RelayedSource, RelayRequest, SourceRelay } from './source-relay.js';

/**
 * Stands between ffmpeg and the cameras, on the loopback interface: it adds the credentials, connects to the address that
 * was checked, and follows no redirects. Doors open with the first camera that needs them.
 */
export class LoopbackRelay implements SourceRelay {
  readonly #resolve: ResolveHost;
  readonly #limits: HttpLimits;
  #rtsp: Promise<RtspDoor> | undefined;
  #http: Promise<HttpDoor> | undefined;
  #ports: number[] = [];
  #closing: Promise<void> | undefined;

  /**
   * @param resolve finds the IP address of a camera, or refuses it
   * @param limits of what a camera is waited for over HTTP
   */
  constructor(resolve: ResolveHost = resolveAnyHost, limits: HttpLimits = usualLimits) {
    this.#resolve = resolve;
    this.#limits = limits;
  }

  async open({ url, access, transport, certificate = 'verified' }: RelayRequest): Promise<RelayedSource> {
    const id = randomBytes(16).toString('hex');
    const address = revealAddress(url, access);
    if (address.url.protocol.startsWith('http')) {
      this.#http ??= this.#remember(HttpDoor.open());
      const door = await this.#http;
      const route = new HttpRoute(address, certificate, this.#resolve, this.#limits);
      const close = (): Promise<void> => {
        door.remove(id);
        return Promise.resolve();
      };
      return { url: door.add(id, route), problem: () => route.problem, close };
    }
    this.#rtsp ??= this.#remember(RtspDoor.open());
    const door = await this.#rtsp;
    let problem: RelayError | undefined;
    const target = {
      address,
      certificate,
      transport,
      resolve: this.#resolve,
      onProblem: (reason: RelayError) => (problem = reason),
    };
    return { url: door.add(id, target), problem: () => problem, close: () => door.remove(id) };
  }

  dial(url: URL, certificate: CertificateRule, signal?: AbortSignal): Promise<Socket> {
    return dial(upstreamOf(url, certificate), this.#resolve, signal);
  }

  ports(): readonly number[] {
    return this.#ports;
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#rtsp, this.#http].map(async (door) => (await door)?.close())).then(
      () => {
        this.#ports = [];
      },
    );
    return this.#closing;
  }

  async #remember<Door extends { readonly port: number }>(opening: Promise<Door>): Promise<Door> {
    const door = await opening;
    this.#ports.push(door.port);
    return door;
  }
}
