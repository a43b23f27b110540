import { createHash } from 'node:crypto';
import type { RtspRequest } from './rtsp-request.js';

/** Who may watch, and how he proves it. */
export interface RtspAuth {
  readonly scheme: 'basic' | 'digest';
  readonly user: string;
  readonly password: string;
}

const realm = 'test camera';
const nonce = '0123456789abcdef0123456789abcdef';

/** The `WWW-Authenticate` header of a 401 answer. */
export function challenge(auth: RtspAuth): string {
  return auth.scheme === 'basic' ? `Basic realm="${realm}"` : `Digest realm="${realm}", nonce="${nonce}"`;
}

/** Whether a request carries the right credentials (RFC 7617; RFC 2069 digest, as cameras do it). */
export function isAuthorised(request: RtspRequest, auth: RtspAuth): boolean {
  const header = request.headers.authorization ?? '';
  if (auth.scheme === 'basic') {
    return header === `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}`;
  }
  const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
  const ha1 = md5(`${auth.user}:${realm}:${auth.password}`);
  const ha2 = md5(`${request.method}:${field('uri')}`);
  return field('username') === auth.user && field('response') === md5(`${ha1}:${nonce}:${ha2}`);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
