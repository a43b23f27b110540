import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';

/** Where a request came from. */
export interface Visitor {
  /** The address of the browser, as far as it can be trusted; IPv4 also where IPv6 carries it. */
  readonly address: string;
  /** Whether the browser's connection is encrypted. */
  readonly secure: boolean;
  /** The port in the address that the browser asked, as its `Host` header says it; empty for the usual one. */
  readonly port: string;
  /** Whether something stands between, or says that it does. */
  readonly forwarded: boolean;
  /** What the browser calls itself. */
  readonly agent: string;
}

/** Says where a request came from. */
export type ReadVisitor = (request: IncomingMessage) => Visitor;

/** What a proxy puts on a request; also the old protocol, which browsers have not spoken for long, but proxies do. */
const marks = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Makes the reader. What a proxy says is believed only where the connection comes from a trusted one; with none trusted,
 * the peer of the connection is the visitor.
 *
 * @param trustedProxies addresses and CIDR ranges
 * @throws TypeError for one that is neither
 */
export function createVisitorReader(trustedProxies: readonly string[]): ReadVisitor {
  const ranges = trustedProxies.map(readRange);
  const isTrusted = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits));
  };
  return (request) => {
    const { headers, socket } = request;
    const peer = plainAddress(socket.remoteAddress ?? '');
    const encrypted = (socket as Partial<TLSSocket>).encrypted === true;
    const forwarded = request.httpVersion === '1.0' || marks.some((name) => headers[name] !== undefined);
    const port = /:(\d{1,5})$/.exec(headers.host ?? '')?.[1] ?? '';
    const base = { forwarded, port, agent: headers['user-agent'] ?? '' };
    if (!isTrusted(peer)) return { ...base, address: peer, secure: encrypted };
    // The last hop that is not ours: what stands further left was written by whoever came, and may be made up.
    const hops = listOf(headers['x-forwarded-for']).map(plainAddress).reverse();
    const outside = hops.find((hop) => !isTrusted(hop));
    const said = listOf(headers['x-forwarded-proto']).at(-1);
    return {
      ...base,
      address: outside !== undefined && isIP(outside) !== 0 ? outside : peer,
      secure: said === undefined ? encrypted : said === 'https',
    };
  };
}

/** Whether an address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback';
}

/** An address or range in parts. @throws TypeError */
function readRange(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text)) throw new TypeError(`${text} is neither an address nor a range of addresses.`);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Without brackets and port, and as IPv4 where IPv6 only carries it. */
function plainAddress(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare.slice(0, 64);
}

function listOf(header: string | string[] | undefined): string[] {
  return (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
