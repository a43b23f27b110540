import { Secret } from './secret.js';
import { type SplitAddress, splitAddress } from './split-address.js';

/**
 * Gives an address the credentials of another one of the same server: the new path with the old user and password.
 *
 * @param typed a URL with anything, or nothing, for user and password
 * @returns undefined when scheme, host or port differ: credentials never go to where they were not given for
 */
export function keepAccess(typed: string, earlier: SplitAddress): SplitAddress | undefined {
  if (!URL.canParse(typed) || !URL.canParse(earlier.url)) return undefined;
  const url = new URL(typed);
  const known = new URL(earlier.access?.reveal() ?? earlier.url);
  if (url.protocol !== known.protocol || url.host !== known.host) return undefined;
  url.username = known.username;
  url.password = known.password;
  const granting = known.search
    .slice(1)
    .split('&')
    .filter((field) => field !== '' && splitAddress(`http://host/?${field}`).access !== undefined);
  const fields = [
    ...url.search
      .slice(1)
      .split('&')
      .filter((field) => field !== ''),
    ...granting,
  ];
  url.search = fields.join('&');
  const access = new Secret(url.href);
  return { url: splitAddress(url.href).url, access };
}
