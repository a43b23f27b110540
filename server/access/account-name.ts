import { AccessError } from './access-error.js';

/** Longest name of an account. */
export const longestAccountName = 64;

/** A name as it is kept and looked up: without surrounding space, lower case. */
export function foldAccountName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/**
 * The kept form of a new account's name.
 *
 * @throws AccessError `invalid-name`
 */
export function readAccountName(name: string): string {
  const folded = foldAccountName(name);
  if (/^[a-z0-9][a-z0-9._@+-]*$/.test(folded) && folded.length <= longestAccountName) return folded;
  throw new AccessError(
    'invalid-name',
    `A name has letters, digits and . _ @ + -, begins with a letter or a digit, and has at most ${longestAccountName} characters.`,
  );
}
