import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../../streams/secret/secret.js';

/** Seals texts for the database. */
export interface Vault {
  /**
   * @param purpose what the text is for; it opens for the same purpose only, so a row cannot be put in another's place
   * @returns printable text: version, key, and AES-256-GCM with a random nonce
   */
  seal(text: string, purpose: string): string;
  /** The text; undefined when another key sealed it, or it was tampered with. */
  open(sealed: string, purpose: string): string | undefined;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Makes a vault. @param key at least 16 characters that nobody can guess; `loadSecretKey` finds it */
export function createVault(key: Secret): Vault {
  const derived = Buffer.from(hkdfSync('sha256', key.reveal(), 'maskwatch', 'sealed in the database', 32));
  const keyId = createHash('sha256').update(derived).digest('hex').slice(0, 8);
  return {
    seal: (text, purpose) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', derived, nonce).setAAD(Buffer.from(purpose));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return ['v1', keyId, Buffer.concat([nonce, cipher.getAuthTag(), data]).toString('base64url')].join('.');
    },
    open: (sealed, purpose) => {
      const [version, sealedBy, body] = sealed.split('.');
      if (version !== 'v1' || sealedBy !== keyId || body === undefined) return undefined;
      const bytes = Buffer.from(body, 'base64url');
      if (bytes.length < nonceBytes + tagBytes) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', derived, bytes.subarray(0, nonceBytes))
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([
          decipher.update(bytes.subarray(nonceBytes + tagBytes)),
          decipher.final(),
        ]).toString();
      } catch {
        // Not what was sealed for this purpose.
        return undefined;
      }
    },
  };
}
