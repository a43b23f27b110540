import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../streams/secret/secret.js';

/** Name of the key file in the data folder. */
export const keyFileName = 'secret.key';

const keyBytes = 32;
const leastCharacters = 16;

/** The key of the vault cannot be used; the message says what to do. */
export class SecretKeyError extends Error {
  override readonly name = 'SecretKeyError';
  readonly code = 'bad-secret-key';
}

/**
 * Finds the key that seals secrets in the database: the one of the environment, else that of `secret.key` in the data
 * folder, which is made with mode 0600 at the first start.
 *
 * @param given from the environment or the service manager
 * @throws SecretKeyError
 */
export function loadSecretKey(dataDir: string, given: Secret | undefined): Secret {
  const key = given ?? new Secret(readOrMake(dataDir));
  if (key.reveal().length < leastCharacters) {
    const where = given === undefined ? join(dataDir, keyFileName) : 'MASKWATCH_SECRET_KEY';
    throw new SecretKeyError(
      `The key for stored passwords (${where}) must have at least ${leastCharacters} characters; make one with: openssl rand -base64 32`,
    );
  }
  return key;
}

function readOrMake(dataDir: string): string {
  const path = join(dataDir, keyFileName);
  try {
    const text = readFileSync(path, 'utf8').trim();
    chmodSync(path, 0o600);
    return text;
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) {
      throw new SecretKeyError(`The key for stored passwords, ${path}, cannot be read.`, { cause });
    }
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(unfinished, `${randomBytes(keyBytes).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    // Fails where another process was faster: then its key counts.
    linkSync(unfinished, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  } finally {
    rmSync(unfinished);
  }
  return readFileSync(path, 'utf8').trim();
}
