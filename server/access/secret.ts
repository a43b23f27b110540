import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 random bits, in characters that need no escaping anywhere. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A new public id of 96 random bits. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}

/**
 * What is kept of a secret: SHA-256, hex. A slow hash would add nothing, since 256 random bits cannot be tried out, and
 * looking up a hash tells nothing by its timing.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
