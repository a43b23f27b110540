import { isSecretField } from './secret-fields.js';
import { Secret } from './secret.js';

/** An address in two parts: what may be shown, and all of it. */
export interface SplitAddress {
  /** The address without user, password and query fields that grant access. */
  readonly url: string;
  /** The whole address; absent where it carries no credentials. */
  readonly access?: Secret;
}

/**
 * Takes the credentials out of an address.
 *
 * @param address a URL as `URL.href` writes it; anything else, such as a path, comes back as it is
 */
export function splitAddress(address: string): SplitAddress {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address) || !URL.canParse(address)) return { url: address };
  const url = new URL(address);
  const { username, password, search } = url;
  url.username = '';
  url.password = '';
  url.search = openFields(search);
  // A camera never sees the fragment; whatever stands there may be half of a password.
  const fragment = url.hash !== '';
  url.hash = '';
  if (username === '' && password === '' && url.search === search && !fragment) return { url: address };
  return { url: url.href, access: new Secret(address) };
}

/** A query without the fields that grant access; the others keep their spelling. */
function openFields(search: string): string {
  return search
    .slice(1)
    .split('&')
    .filter((field) => field !== '' && !isSecretField(nameOf(field)))
    .join('&');
}

function nameOf(field: string): string {
  const raw = field.split('=', 1)[0] ?? '';
  return new URLSearchParams(`${raw}=`).keys().next().value ?? raw;
}
