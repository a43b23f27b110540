import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Which names this server answers to. */
export interface RequestGuardOptions {
  /** The address it listens on. A loopback address answers to loopback names alone. */
  readonly listenHost: string;
  /** More names, for example the one a reverse proxy passes on; without port. */
  readonly allowedHosts: () => readonly string[];
}

/**
 * Decides whether a request was made by a page of this server or by a program, and not by a foreign page in someone's
 * browser.
 *
 * @returns why it is refused; undefined when it may go on
 */
export type RequestGuard = (request: Pick<IncomingMessage, 'headers' | 'method'>) => string | undefined;

/**
 * Makes the guard. `Host` must be a name of this server (against DNS rebinding), `Origin` must be the same server
 * (against foreign pages; it is also what protects websockets), and without `Origin` the browser's `Sec-Fetch-Site`
 * must not say that another site made the request, unless it is a plain visit.
 */
export function createRequestGuard(options: RequestGuardOptions): RequestGuard {
  const isNamed = (name: string): boolean =>
    options.allowedHosts().some((allowed) => hostName(allowed) === name);
  const onNetwork = !isLoopbackName(options.listenHost);
  // An address cannot be rebound to another server, so on a network any literal address is this server's.
  const isOurs = (name: string): boolean =>
    isNamed(name) || isLoopbackName(name) || (onNetwork && isIP(name) !== 0) || name === options.listenHost;

  return ({ headers, method = 'GET' }) => {
    const host = headers.host ?? '';
    if (host === '' || !isOurs(hostName(host))) return 'The Host header names another server.';
    const { origin } = headers;
    if (origin !== undefined) {
      if (!URL.canParse(origin)) return 'The Origin is not this server.';
      const from = new URL(origin);
      const web = from.protocol === 'http:' || from.protocol === 'https:';
      const same = from.host === withoutDefaultPort(host, from.protocol) || isNamed(hostName(from.host));
      return web && same ? undefined : 'The Origin is not this server.';
    }
    const site = headers['sec-fetch-site'];
    if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
    const visit = method === 'GET' && headers['sec-fetch-mode'] === 'navigate';
    return visit ? undefined : 'The request comes from another site.';
  };
}

/** The name in a `Host` value: lower case, without port and brackets. */
function hostName(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host)?.[1];
  return (bracketed ?? host.replace(/:\d+$/, '')).toLowerCase();
}

/** A `Host` value as `URL.host` writes it. */
function withoutDefaultPort(host: string, protocol: string): string {
  return host.toLowerCase().replace(protocol === 'https:' ? /:443$/ : /:80$/, '');
}

function isLoopbackName(name: string): boolean {
  const bare = hostName(name);
  return bare === 'localhost' || (isIP(bare) !== 0 && ipaddr.process(bare).range() === 'loopback');
}
