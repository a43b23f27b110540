import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Authenticator, mostTries } from './authenticator.js';
import type { CertificateRule } from './certificate-rule.js';
import type { RevealedAddress } from './credentials.js';
import { dial, type ResolveHost, upstreamOf } from './dial.js';
import { RelayError, relayErrorOf } from './relay-problem.js';

/** Addresses of playlists that are kept; live playlists bring new ones for ever. */
const mostAddresses = 512;
const mostRedirects = 3;
/** Interim answers (RFC 9110, 15.2) before the real one. */
const mostPromises = 16;

/** How long a camera is waited for. */
export interface HttpLimits {
  /** From the request to the head of the answer, however it trickles, in milliseconds. */
  readonly headTimeoutMs: number;
}

/** What the product uses. */
export const usualLimits: HttpLimits = { headTimeoutMs: 10_000 };

/** A camera that is read over HTTP: its addresses by number, and the way to each. */
export class HttpRoute {
  /** Why the way to the camera broke last. */
  problem: RelayError | undefined;
  readonly #certificate: CertificateRule;
  readonly #limits: HttpLimits;
  readonly #resolve: ResolveHost;
  readonly #authenticator: Authenticator;
  readonly #origin: string;
  readonly #addresses = new Map<number, URL>();
  #next = 0;

  constructor(
    { url, credentials }: RevealedAddress,
    certificate: CertificateRule,
    resolve: ResolveHost,
    limits: HttpLimits,
  ) {
    this.#limits = limits;
    this.#certificate = certificate;
    this.#resolve = resolve;
    this.#authenticator = new Authenticator(credentials);
    this.#origin = url.origin;
    this.add(url);
  }

  /** @returns the number of an address; the first one, 0, is never forgotten */
  add(url: URL): number {
    for (const [number, known] of this.#addresses) if (known.href === url.href) return number;
    const number = this.#next++;
    this.#addresses.set(number, url);
    if (this.#addresses.size > mostAddresses) {
      const [, oldest] = this.#addresses.keys();
      if (oldest !== undefined) this.#addresses.delete(oldest);
    }
    return number;
  }

  get(number: number): URL | undefined {
    return this.#addresses.get(number);
  }

  /** Whether an address belongs to the camera; nothing else is fetched for it. */
  isOurs(url: URL): boolean {
    return url.origin === this.#origin;
  }

  /**
   * Asks the camera, with credentials when it wants them.
   *
   * @param range the `Range` header, if any
   * @throws RelayError
   */
  async ask(url: URL, range: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
    let target = url;
    let redirects = 0;
    for (let tries = 1; ; tries += 1) {
      const proof = this.#authenticator.header('GET', target.pathname + target.search);
      const answer = await this.#send(target, range, proof, signal);
      const { statusCode: status = 0, headers } = answer;
      if (
        status === 401 &&
        tries < mostTries + mostRedirects &&
        this.#authenticator.challenge(asList(headers['www-authenticate']), proof !== undefined)
      ) {
        // Its body may have no end.
        answer.destroy();
        continue;
      }
      if (status < 300 || status > 399 || headers.location === undefined) return answer;
      answer.destroy();
      redirects += 1;
      target = this.#redirected(target, headers.location, redirects);
    }
  }

  #redirected(from: URL, location: string, count: number): URL {
    const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
    if (to === undefined || !this.isOurs(to) || count > mostRedirects) {
      throw new RelayError(
        'forbidden-address',
        'the camera redirects to another address, which is not followed',
      );
    }
    return to;
  }

  async #send(
    url: URL,
    range: string | undefined,
    proof: string | undefined,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const upstream = upstreamOf(url, this.#certificate);
    const socket = await dial(upstream, this.#resolve, signal).catch((error: unknown) => {
      throw relayErrorOf(error);
    });
    return answerOf(socket, this.#limits.headTimeoutMs, signal, {
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'maskwatch',
        ...(range === undefined ? {} : { range }),
        ...(proof === undefined ? {} : { authorization: proof }),
      },
    });
  }
}

/** Sends a request over a connection of its own. @throws RelayError */
function answerOf(
  socket: Socket,
  headTimeoutMs: number,
  signal: AbortSignal,
  request: { readonly path: string; readonly headers: Readonly<Record<string, string>> },
): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    const sent = httpRequest({ ...request, signal, createConnection: () => socket }, (answer) => {
      clearTimeout(timer);
      done(answer);
    });
    const timer = setTimeout(() => {
      sent.destroy(new RelayError('timed-out', 'timed out'));
    }, headTimeoutMs);
    let promises = 0;
    sent.on('information', () => {
      promises += 1;
      if (promises > mostPromises) {
        sent.destroy(new RelayError('unreadable', 'the camera promises an answer without end'));
      }
    });
    sent.on('error', (error) => {
      clearTimeout(timer);
      socket.destroy();
      fail(relayErrorOf(error));
    });
    sent.end();
  });
}

function asList(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}
