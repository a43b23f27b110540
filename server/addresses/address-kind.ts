import ipaddr from 'ipaddr.js';

/**
 * What an IP address is, as far as it matters to who may be called: `public`, `private` (RFC 1918, RFC 4193, carrier NAT),
 * `loopback`, or `forbidden`, which nobody has a reason to call: link-local and with it the metadata services of clouds,
 * multicast, broadcast, unspecified, reserved.
 */
export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

/** Metadata and agent services of clouds that lie outside the link-local ranges. */
const metadata: ReadonlySet<string> = new Set([
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
]);

/** IPv6 prefixes that carry an IPv4 address, with the byte at which it begins (RFC 6052, RFC 8215, RFC 3056, RFC 4291). */
const carriers: readonly (readonly [cidr: [ipaddr.IPv6, number], at: number])[] = [
  [ipaddr.IPv6.parseCIDR('64:ff9b::/96'), 12],
  [ipaddr.IPv6.parseCIDR('64:ff9b:1::/48'), 12],
  [ipaddr.IPv6.parseCIDR('2002::/16'), 2],
  [ipaddr.IPv6.parseCIDR('::/96'), 12],
];

/**
 * Tells what an address is; an IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) counts as what is inside.
 *
 * @param address an IPv4 or IPv6 literal without brackets; anything else is `forbidden`
 */
export function addressKind(address: string): AddressKind {
  const bare = address.replace(/%.*$/, '');
  if (!ipaddr.isValid(bare) || !/^[0-9a-f:.]+$/i.test(bare)) return 'forbidden';
  return kindOf(ipaddr.process(bare));
}

function kindOf(address: ipaddr.IPv4 | ipaddr.IPv6): AddressKind {
  if (metadata.has(address.toString())) return 'forbidden';
  const range = address.range();
  if (address instanceof ipaddr.IPv6 && range !== 'loopback' && range !== 'unspecified') {
    for (const [cidr, at] of carriers) {
      if (address.match(cidr)) return kindOf(new ipaddr.IPv4(address.toByteArray().slice(at, at + 4)));
    }
  }
  if (range === 'unicast') return 'public';
  if (range === 'private' || range === 'uniqueLocal' || range === 'carrierGradeNat') return 'private';
  return range === 'loopback' ? 'loopback' : 'forbidden';
}
