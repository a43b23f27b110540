import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Tells whether an address is reachable from this machine alone.
 *
 * @param host an IPv4 or IPv6 literal or `localhost`; any other name counts as a network address
 */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (bare.toLowerCase() === 'localhost') return true;
  return isIP(bare) !== 0 && ipaddr.process(bare).range() === 'loopback';
}

/**
 * Decides whether the server may listen on an address while it has no accounts: whoever reaches it can watch and
 * change every camera.
 *
 * @returns undefined when it may, else the sentence that refuses
 */
export function refuseHost(host: string, allowUnauthenticatedNetwork: boolean): string | undefined {
  if (isLoopback(host) || allowUnauthenticatedNetwork) return undefined;
  return (
    `Not listening on ${host}: there are no accounts yet, so everyone who can reach this port could watch and change ` +
    'every camera. Use --host 127.0.0.1 and a tunnel (ssh -L 8080:127.0.0.1:8080), or say ' +
    '--allow-unauthenticated-network if the network is yours alone.'
  );
}
