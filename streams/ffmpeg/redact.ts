import { isSecretField } from '../secret/secret-fields.js';

const userInfo = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s"'<>]*@/gi;
const secretQuery =
  /([?&;](?:[a-z0-9_-]*(?:pass|pwd|token|secret|auth|signature|apikey)[a-z0-9_-]*|user|username|usr|key|sig)=)[^\s&;#"'<>]*/gi;
const authorization = /\b(authorization:?\s+(?:basic|digest|bearer))\s+[^\r\n]*/gi;

/** Shorter words would blot out harmless text. */
const leastSecretLength = 3;

/**
 * Takes credentials out of a message: `user:password@` of every URL, secret query fields, `Authorization` headers. It
 * errs on the side of taking too much: all between `://` and the last `@` of a word goes, because a password may hold
 * any character.
 *
 * @param secrets further words to take out wherever they stand, such as those of `secretsOf`
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) clean = clean.split(secret).join('***');
  return clean.replace(userInfo, '$1***@').replace(secretQuery, '$1***').replace(authorization, '$1 ***');
}

/**
 * The passwords that an address carries, as they are typed, percent-encoded and decoded, longest first; for `redact`.
 * An address that is no URL has none.
 */
export function secretsOf(address: string): string[] {
  const secrets = new Set<string>();
  const raw = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*?:(.*)@/i.exec(address)?.[1];
  if (raw !== undefined) secrets.add(raw);
  if (URL.canParse(address)) {
    const { username, password, searchParams } = new URL(address);
    if (password !== '') {
      secrets.add(password);
      secrets.add(basicProof(decoded(username), decoded(password)));
    }
    for (const [key, value] of searchParams) {
      if (isSecretField(key) && !isUserField(key)) secrets.add(value);
    }
  }
  for (const secret of [...secrets]) {
    const plain = decoded(secret);
    secrets.add(plain);
    for (const text of [secret, plain]) {
      secrets.add(encodeURIComponent(text));
      secrets.add(new URLSearchParams({ '': text }).toString().slice(1));
    }
  }
  return [...secrets].filter(({ length }) => length >= leastSecretLength).sort((a, b) => b.length - a.length);
}

/** What `Authorization: Basic` carries. */
function basicProof(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

/** User names are hidden in addresses, but "admin" is no word to blot out wherever it stands. */
function isUserField(name: string): boolean {
  return /^(?:user|username|usr|u|login|account)$/i.test(name);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A bare % in a password is no encoding: the text stands for itself.
    return text;
  }
}

/** An address fit to be shown: without user, password and query; what is no URL, such as a path, stays as it is. */
export function withoutCredentials(address: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return address;
  if (!URL.canParse(address)) return redact(address);
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}
