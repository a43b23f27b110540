import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { addressKind } from './address-kind.js';
import type { AddressPolicy } from './address-policy.js';
import { RefusedAddressError } from './refused-address-error.js';

/** An address that was looked through and may be called, as far as can be told without asking for its name. */
export interface CheckedUrl {
  readonly url: URL;
  /** A name in lower case, or an IP literal without brackets. */
  readonly host: string;
  /** TCP port, the scheme's own where none is given. */
  readonly port: number;
}

const defaultPorts: Readonly<Record<string, number>> = {
  ...{ rtsp: 554, rtsps: 322, http: 80, https: 443 },
  ...{ mqtt: 1883, mqtts: 8883, ws: 80, wss: 443 },
};
const longestAddress = 2048;

/**
 * Looks through an address without touching the network: its form, its scheme, and where its host is a literal (also in
 * the octal, hexadecimal and short forms that resolvers take) the network and the port.
 *
 * @throws RefusedAddressError
 */
export function checkAddress(text: string, policy: AddressPolicy): CheckedUrl {
  if (text.length === 0 || text.length > longestAddress || /[\p{Cc}\p{Zs}\\]/u.test(text)) {
    throw new RefusedAddressError(
      'malformed',
      'must be a URL without spaces, backslashes and control characters',
    );
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/[^/?#]/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined || !URL.canParse(text)) {
    throw new RefusedAddressError('malformed', 'must be a URL with scheme and host');
  }
  if (!policy.schemes.includes(scheme)) {
    throw new RefusedAddressError(
      'scheme',
      `must begin with ${policy.schemes.map((s) => `${s}://`).join(' or ')}`,
    );
  }
  const url = new URL(text);
  if (!policy.credentials && (url.username !== '' || url.password !== '')) {
    throw new RefusedAddressError('credentials', 'must not carry user and password');
  }
  const host = plainHost(url);
  const port = url.port === '' ? (defaultPorts[scheme] ?? 0) : Number(url.port);
  if (port === 0) throw new RefusedAddressError('malformed', 'must not name port 0');
  if (isIP(host) !== 0) checkIp(host, port, policy);
  else if (host === 'localhost' || host.endsWith('.localhost')) checkIp('127.0.0.1', port, policy);
  return { url, host, port };
}

/**
 * Refuses an IP address that a policy does not allow.
 *
 * @throws RefusedAddressError
 */
export function checkIp(address: string, port: number, policy: AddressPolicy): void {
  const kind = addressKind(address);
  if (kind === 'forbidden') {
    throw new RefusedAddressError(
      'forbidden-network',
      'leads to a link-local, multicast, metadata or reserved address',
    );
  }
  if (kind !== 'public' && !policy.networks[kind]) {
    throw new RefusedAddressError(
      'forbidden-network',
      `leads to a ${kind} address, which is not allowed here`,
    );
  }
  for (const own of policy.ownPorts()) {
    if (own === port && (kind === 'loopback' || isOfThisMachine(address))) {
      throw new RefusedAddressError('own-port', 'leads back to this server');
    }
  }
}

function isOfThisMachine(address: string): boolean {
  const bare = address.replace(/^::ffff:/i, '').toLowerCase();
  return Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.address === bare));
}

/** The host as a name or a plain IP literal. `URL` brings numbers to their usual form for the schemes of the web only. */
function plainHost(url: URL): string {
  const bracketed = /^\[(.*)\]$/.exec(url.hostname)?.[1];
  if (bracketed !== undefined) return bracketed;
  const web = `http://${url.hostname}/`;
  // An international name of a non-web scheme stands percent-encoded in `hostname`; the web form decodes it.
  if (!URL.canParse(web)) throw new RefusedAddressError('malformed', 'must name a host');
  const host = new URL(web).hostname.replace(/\.$/, '').toLowerCase();
  if (host === '') throw new RefusedAddressError('malformed', 'must name a host');
  return host.replace(/^\[(.*)\]$/, '$1');
}
