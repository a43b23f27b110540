import { AccessError } from './access-error.js';

const shortest = 10;
/** Characters; a longer one would only cost time. */
export const longestPassword = 256;
/** With fewer different characters a password is a pattern, such as `aaaaaaaaaa` or `1212121212`. */
const leastVariety = 5;
/** Beginnings of what is tried first everywhere. */
const common = [
  'password',
  'passwort',
  'contrase',
  '12345',
  'qwert',
  'letmein',
  'welcome',
  'admin',
  'maskwatch',
];

/**
 * Checks a new password. Length counts, not kinds of characters (NIST SP 800-63B, 5.1.1.2).
 *
 * @throws AccessError `weak-password` with the rule that it breaks
 */
export function checkPassword(password: string, accountName: string): void {
  const refuse = (rule: string): never => {
    throw new AccessError('weak-password', `The password ${rule}.`);
  };
  const length = Array.from(password).length;
  if (length < shortest) refuse(`must have at least ${shortest} characters`);
  if (length > longestPassword) refuse(`must have at most ${longestPassword} characters`);
  if (new Set(password).size < leastVariety) refuse('repeats too few different characters');
  const folded = password.toLowerCase();
  if (folded.includes(accountName) && length < accountName.length + shortest) {
    refuse('must not be made of the name of the account');
  }
  if (length < 16 && common.some((start) => folded.startsWith(start))) {
    refuse('begins like those that are tried first; choose another, or make it longer');
  }
}
