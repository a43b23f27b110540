import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from './credentials.js';

/** How a camera wants to be convinced. */
export interface Challenge {
  readonly scheme: 'basic' | 'digest';
  /** Fields of a digest challenge: realm, nonce, qop, opaque, algorithm, stale. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A camera could send a header that takes long to look through. */
const longestHeader = 2000;

const hashes: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/**
 * The best of the challenges that we can meet: SHA-256 digest, MD5 digest, basic (RFC 7616, RFC 7617).
 *
 * @param headers values of `WWW-Authenticate`; one may hold several challenges
 */
export function bestChallenge(headers: readonly string[]): Challenge | undefined {
  const all = headers.flatMap(parseChallenges);
  const digest = (algorithm: string): Challenge | undefined =>
    all.find(({ scheme, fields }) => scheme === 'digest' && algorithmOf(fields) === algorithm);
  return digest('SHA-256') ?? digest('MD5') ?? all.find(({ scheme }) => scheme === 'basic');
}

/**
 * The `Authorization` header that meets a challenge.
 *
 * @param method of the request
 * @param uri as it stands in the request line
 * @param count how often this nonce was used, this time included
 */
export function authorization(
  { scheme, fields }: Challenge,
  { user, password }: Credentials,
  method: string,
  uri: string,
  count: number,
  cnonce = randomBytes(8).toString('hex'),
): string {
  if (scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const { realm = '', nonce = '', opaque, qop = '' } = fields;
  const hash = (text: string): string =>
    createHash(hashes[algorithmOf(fields)] ?? 'md5')
      .update(text)
      .digest('hex');
  const own = hash(`${user}:${realm}:${password}`);
  const asked = hash(`${method}:${uri}`);
  const nc = count.toString(16).padStart(8, '0');
  const withQop = qop.split(',').some((one) => one.trim().toLowerCase() === 'auth');
  const response = hash(
    withQop ? `${own}:${nonce}:${nc}:${cnonce}:auth:${asked}` : `${own}:${nonce}:${asked}`,
  );
  return [
    `Digest username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    ...(fields.algorithm === undefined ? [] : [`algorithm=${algorithmOf(fields)}`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(withQop ? [`qop=auth, nc=${nc}, cnonce="${cnonce}"`] : []),
  ].join(', ');
}

function algorithmOf({ algorithm = 'MD5' }: Challenge['fields']): string {
  return algorithm.toUpperCase();
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Splits a header into its challenges; schemes other than basic and digest are left out. */
function parseChallenges(header: string): Challenge[] {
  const found: Challenge[] = [];
  // A scheme is a word that no "=" follows; its fields are name=value pairs up to the next scheme.
  for (const [, scheme = '', rest = ''] of header
    .slice(0, longestHeader)
    .matchAll(/\b(\w+)\s+((?:\w[\w-]*\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s,]*)[\s,]*)*)/g)) {
    const name = scheme.toLowerCase();
    if (name !== 'basic' && name !== 'digest') continue;
    const fields: Record<string, string> = {};
    for (const [, key = '', value = ''] of rest.matchAll(/([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,]*)/g)) {
      fields[key.toLowerCase()] = value.replace(/^"(.*)"$/s, '$1').replaceAll(/\\(.)/gs, '$1');
    }
    found.push({ scheme: name, fields });
  }
  return found;
}
