import { isLoopbackHost } from '../access/loopback-host.js';
import type { Config } from '../config/schema.js';

/**
 * What a server without an account says in its log when nobody sits at its terminal: which command makes the first one. The
 * link itself never goes there, because others read logs.
 *
 * @param server how it listens
 * @param dataDir absolute path of its data folder
 * @returns undefined where it can be reached from its own machine alone: whoever sits there is the owner
 */
export function firstAccountHint(
  { host, trustedProxies }: Pick<Config['server'], 'host' | 'trustedProxies'>,
  dataDir: string,
): string | undefined {
  if (isLoopbackHost(host) && trustedProxies.length === 0) return undefined;
  return (
    `nobody can sign in: there is no account yet. "maskwatch user setup-link --data ${dataDir}", run as the user of the server, ` +
    'gives the one-time link for the first one'
  );
}
