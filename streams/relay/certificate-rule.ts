import type { TLSSocket } from 'node:tls';
import { RelayError } from './relay-problem.js';

/**
 * Which certificate of a camera is taken. `verified`: one of an authority that this machine knows, for the camera's name. `any`:
 * every one, so that the encryption keeps listeners out, but no impostor. `sha256:` and 64 lower-case hexadecimal digits: this one.
 */
export type CertificateRule = 'verified' | 'any' | `sha256:${string}`;

/**
 * Reads a rule as a person types it: a fingerprint with or without colons, in upper or lower case.
 *
 * @returns `undefined` for what is none
 */
export function parseCertificateRule(text: string): CertificateRule | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === 'verified' || plain === 'any') return plain;
  const digits = plain.replace(/^sha-?256(?::|=|\s+fingerprint=)/, '').replaceAll(':', '');
  return /^[0-9a-f]{64}$/.test(digits) ? `sha256:${digits}` : undefined;
}

/**
 * Looks at the certificate of a camera before anything is said to it.
 *
 * @param socket after the handshake, made with `rejectUnauthorized: false`
 * @throws RelayError `untrusted-certificate`, with the fingerprint to pin where somebody knows it to be right
 */
export function checkCertificate(socket: TLSSocket, rule: CertificateRule): void {
  if (rule === 'any') return;
  const digits = (socket.getPeerX509Certificate()?.fingerprint256 ?? '').replaceAll(':', '').toLowerCase();
  const own = `sha256:${digits}`;
  if (rule === own) return;
  if (rule !== 'verified')
    throw untrusted(`the certificate of the camera is not the pinned one; it is ${own}`);
  if (socket.authorized) return;
  // A string or, in the types, an Error.
  const why = String(socket.authorizationError);
  throw untrusted(`the certificate of the camera ${faults[why] ?? unknownAuthority}; it is ${own}`);
}

const unknownAuthority = 'is not from an authority known here';
const faults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
};

function untrusted(reason: string): RelayError {
  return new RelayError('untrusted-certificate', reason);
}
