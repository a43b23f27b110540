import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressPolicy } from './address-policy.js';
import { type CheckedUrl, checkIp } from './check-address.js';
import { RefusedAddressError } from './refused-address-error.js';

/** An IP address to connect to. */
export interface ResolvedHost {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Asks for every address of a name. */
export type LookupAll = (host: string) => Promise<readonly { address: string; family: number }[]>;

const lookupAll: LookupAll = (host) => systemLookup(host, { all: true, verbatim: true });

/**
 * Finds the address to connect to. Every address of the name must be allowed: a name that leads to an allowed and to a
 * forbidden one is a trap. Connect to the result, not to the name, so that nobody can answer differently in between.
 *
 * @throws RefusedAddressError `forbidden-network`, `own-port`, `unknown-host`
 */
export async function resolveChecked(
  { host, port }: Pick<CheckedUrl, 'host' | 'port'>,
  policy: AddressPolicy,
  lookup: LookupAll = lookupAll,
): Promise<ResolvedHost> {
  const family = isIP(host);
  const found = family === 0 ? await look(host, lookup) : [{ address: host, family }];
  for (const { address } of found) checkIp(address, port, policy);
  const [first] = found;
  if (first === undefined) throw new RefusedAddressError('unknown-host', 'names a host that is not known');
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}

async function look(host: string, lookup: LookupAll): ReturnType<LookupAll> {
  try {
    return await lookup(host);
  } catch {
    // Whatever the resolver's reason: the name leads nowhere now.
    return [];
  }
}
