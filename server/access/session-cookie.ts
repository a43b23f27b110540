/** The two cookies: a person's session, and the session of a browser that redeemed a publish link. */
export type CookieKind = 'session' | 'link';

/**
 * The name of a cookie. Under TLS browsers guarantee by the `__Host-` prefix (RFC 6265bis) that nobody but this very host
 * has set it; without TLS they would not take such a name.
 */
function nameOf(kind: CookieKind, secure: boolean): string {
  return `${secure ? '__Host-' : ''}maskwatch-${kind}`;
}

/** The value of a `Set-Cookie` header that gives a secret to the browser. */
export function giveCookie(kind: CookieKind, secret: string, secure: boolean, seconds: number): string {
  const rules = `Path=/; Max-Age=${Math.max(0, Math.floor(seconds))}; HttpOnly; SameSite=Strict`;
  return `${nameOf(kind, secure)}=${secret}; ${rules}${secure ? '; Secure' : ''}`;
}

/** The value of a `Set-Cookie` header that takes the secret back. */
export function takeCookie(kind: CookieKind, secure: boolean): string {
  return giveCookie(kind, '', secure, 0);
}

/**
 * The secret in a request's `Cookie` header; undefined where there is none.
 *
 * @param header as node joins it
 */
export function readCookie(
  kind: CookieKind,
  header: string | undefined,
  secure: boolean,
): string | undefined {
  const start = `${nameOf(kind, secure)}=`;
  for (const part of (header ?? '').split(';')) {
    const pair = part.trim();
    if (pair.startsWith(start) && pair.length > start.length) return pair.slice(start.length);
  }
  return undefined;
}
