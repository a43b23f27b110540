import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Secret } from '../secret/secret.js';
import { splitAddress } from '../secret/split-address.js';
import type { CameraKind } from './camera-config.js';
import { CameraFieldError } from './camera-field-error.js';

/** An address that was looked through. */
export interface CameraAddress {
  readonly kind: CameraKind;
  /** A URL without its credentials, an absolute path for a file; empty for a webcam. */
  readonly url: string;
  /** The whole URL, where it carries credentials. */
  readonly access?: Secret;
}

/** Stands for user and password in addresses that are shown. */
export const credentialsKept = '***';

const longestAddress = 2048;
const urlKinds: Readonly<Record<string, CameraKind>> = {
  rtsp: 'rtsp',
  rtsps: 'rtsp',
  http: 'http',
  https: 'http',
};

/**
 * Reads the address of a camera as a person types it: `rtsp://`, `rtsps://`, `http://`, `https://`, `file:` or a path, or
 * `webcam:`. Everything else is refused: ffmpeg knows many more schemes, some of which open files or run over others.
 *
 * @param folder that relative paths start from
 * @throws CameraFieldError of the field `url`
 */
export function parseAddress(text: string, folder: string): CameraAddress {
  if (text === '') throw refused('must not be empty');
  if (text.length > longestAddress) throw refused(`must have at most ${longestAddress} characters`);
  if (hasControlCharacter(text)) throw refused('must not have control characters');
  if (text.startsWith('-')) throw refused('must not begin with "-"');
  if (text.trim() !== text) throw refused('must not begin or end with a space');
  // All before the first colon counts as a scheme, also what is none by the book, such as "subfile,,start,0:".
  const scheme = /^([^/\\:]*):/.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'file', url: resolve(folder, text) };
  if (scheme === 'webcam') {
    if (text.length > 'webcam:'.length) throw refused('must have nothing after "webcam:"');
    return { kind: 'webcam', url: '' };
  }
  if (scheme === 'file') return { kind: 'file', url: filePath(text, folder) };
  const kind = urlKinds[scheme];
  if (kind === undefined) {
    throw refused('has an unknown scheme; known are rtsp, rtsps, http, https, file and webcam');
  }
  return { kind, ...splitAddress(networkUrl(text)) };
}

/** Whether a text holds a control character, as C0, DEL or C1. */
export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

function filePath(text: string, folder: string): string {
  const rest = text.slice('file:'.length);
  if (rest === '') throw refused('must name a file');
  if (!rest.startsWith('//')) return resolve(folder, rest);
  try {
    const path = fileURLToPath(new URL(text));
    if (!hasControlCharacter(path)) return path;
  } catch {
    // The same answer for each way in which it is no local file's URL.
  }
  throw refused('must be file: with a path on this machine');
}

function networkUrl(text: string): string {
  if (!/^[a-z]+:\/\/[^/]/i.test(text)) throw refused('must have "//" and a host after the scheme');
  if (/[\s\\]/.test(text)) throw refused('must not have spaces or backslashes');
  if (!URL.canParse(text)) {
    throw refused('is no valid URL; special characters of a password must be percent-encoded');
  }
  const url = new URL(text);
  if (url.username === credentialsKept)
    throw refused('has *** where user and password belong; write them out');
  // A password with "/", "?" or "#" cuts the host in two: "rtsp://user:1/2@cam/" has the host "user" by the book.
  if (looksCut(url)) {
    throw refused('has an "@" behind the host; special characters of a password must be percent-encoded');
  }
  if (url.hostname === '') throw refused('must name a host');
  if (hasControlCharacter(decoded(url.username) + decoded(url.password))) {
    throw refused('must not have control characters in user or password');
  }
  return url.href;
}

/** Whether what stands before the first "/", "?" or "#" may be a user with the beginning of a password. */
function looksCut({ username, port, pathname, search, hash }: URL): boolean {
  if (username !== '') return hash.includes('@');
  if (hash.includes('@')) return true;
  if (port !== '' && pathname.includes('@')) return true;
  return search.includes('@') && (pathname === '' || pathname === '/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused('has a "%" in user or password that begins no percent-encoding; write it as %25');
  }
}

function refused(rule: string): CameraFieldError {
  return new CameraFieldError('url', rule);
}
