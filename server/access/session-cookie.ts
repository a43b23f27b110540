import type { Visitor } from './visitor.js';

/** The two cookies: a person's session, and the session of a browser that redeemed a publish link. */
export type CookieKind = 'session' | 'link';

/** What decides the name of a cookie: how the browser reached this server. */
export type CookiePlace = Pick<Visitor, 'secure' | 'port'>;

/**
 * The name of a cookie. Under TLS browsers guarantee by the `__Host-` prefix (RFC 6265bis) that nobody but this very host
 * has set it; without TLS they would not take such a name. Browsers give the cookies of a host to all of its ports, so the
 * port is part of the name: two servers on one machine would otherwise sign each other out.
 */
function nameOf(kind: CookieKind, { secure, port }: CookiePlace): string {
  return `${secure ? '__Host-' : ''}maskwatch-${kind}${port === '' ? '' : `-${port}`}`;
}

/** The value of a `Set-Cookie` header that gives a secret to the browser. */
export function giveCookie(kind: CookieKind, secret: string, place: CookiePlace, seconds: number): string {
  const rules = `Path=/; Max-Age=${Math.max(0, Math.floor(seconds))}; HttpOnly; SameSite=Strict`;
  return `${nameOf(kind, place)}=${secret}; ${rules}${place.secure ? '; Secure' : ''}`;
}

/** The value of a `Set-Cookie` header that takes the secret back. */
export function takeCookie(kind: CookieKind, place: CookiePlace): string {
  return giveCookie(kind, '', place, 0);
}

/**
 * The secret in a request's `Cookie` header; undefined where there is none.
 *
 * @param header as node joins it
 */
export function readCookie(
  kind: CookieKind,
  header: string | undefined,
  place: CookiePlace,
): string | undefined {
  const start = `${nameOf(kind, place)}=`;
  for (const part of (header ?? '').split(';')) {
    const pair = part.trim();
    if (pair.startsWith(start) && pair.length > start.length) return pair.slice(start.length);
  }
  return undefined;
}
