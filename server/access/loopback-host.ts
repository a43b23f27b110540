import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Tells whether an address is reachable from this machine alone.
 *
 * @param host an IPv4 or IPv6 literal or `localhost`; any other name counts as a network address
 */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (bare.toLowerCase() === 'localhost') return true;
  return isIP(bare) !== 0 && ipaddr.process(bare).range() === 'loopback';
}
