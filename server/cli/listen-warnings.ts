import { isLoopbackHost } from '../access/loopback-host.js';
import type { Config } from '../config/schema.js';

/** What whoever starts a server must be told about the way it listens; empty when all is well. */
export function listenWarnings({ host, tls, trustedProxies }: Config['server']): string[] {
  if (isLoopbackHost(host) || tls !== undefined || trustedProxies.length > 0) return [];
  return [
    '',
    `*** NOT ENCRYPTED: this server listens on ${host} without TLS. Whoever is on the way reads passwords and pictures, ***`,
    '*** and browsers give no page their webcam. Set server.tls, or put a reverse proxy with TLS in front of it.        ***',
    '',
  ];
}
