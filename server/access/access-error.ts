/** Why access was refused or could not be changed; each code has one HTTP status, in `server/http/access-problem.ts`. */
export type AccessErrorCode =
  | 'wrong-credentials'
  | 'too-many-tries'
  | 'busy'
  | 'weak-password'
  | 'invalid-name'
  | 'name-taken'
  | 'last-admin'
  | 'first-must-be-admin'
  | 'admin-sees-all'
  | 'user-not-found'
  | 'session-not-found'
  | 'token-not-found'
  | 'token-too-wide'
  | 'link-not-found'
  | 'link-gone'
  | 'setup-done';

/** A refusal that people may read. */
export class AccessError extends Error {
  override readonly name = 'AccessError';

  /** @param retryAfterSeconds when another try has a chance, where that is known */
  constructor(
    readonly code: AccessErrorCode,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
