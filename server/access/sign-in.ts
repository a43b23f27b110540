import { AccessError } from './access-error.js';
import { foldAccountName } from './account-name.js';
import type { Account } from './account-store.js';
import type { Accounts } from './accounts.js';
import type { PasswordHasher } from './password-hasher.js';
import type { Session } from './session-store.js';
import type { Sessions } from './sessions.js';
import { networkOf, type SignInLimiter } from './sign-in-limiter.js';
import type { Visitor } from './visitor.js';

/** What signing in works with. */
export interface SignInParts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly hasher: PasswordHasher;
  readonly limiter: SignInLimiter;
}

/** A browser that has just been let in. */
export interface SignedIn {
  readonly account: Account;
  /** What the browser must hold. */
  readonly secret: string;
  readonly session: Session;
}

/** Lets people in by name and password. */
export class SignIn {
  readonly #parts: SignInParts;
  #failures = 0;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Tries with a wrong name or password since the start. */
  get failures(): number {
    return this.#failures;
  }

  /** @throws AccessError `wrong-credentials`, `too-many-tries`, `busy` */
  async signIn(name: string, password: string, visitor: Visitor): Promise<SignedIn> {
    const account = await this.check(name, password, visitor);
    return { account, ...this.#parts.sessions.open({ account: account.id }, visitor) };
  }

  /**
   * Checks a password without letting anybody in.
   *
   * @throws AccessError `wrong-credentials`, `too-many-tries`, `busy`
   */
  async check(name: string, password: string, visitor: Visitor): Promise<Account> {
    const { accounts, sessions, hasher, limiter } = this.#parts;
    const folded = foldAccountName(name);
    const account = accounts.byName(folded);
    const network = networkOf(visitor.address);
    const known =
      account !== undefined &&
      sessions.of({ account: account.id }).some(({ address }) => networkOf(address) === network);
    await limiter.count(folded, visitor.address, known);
    const right = await hasher.verify(account?.passwordHash, password);
    // The account may have been changed or removed while its password was looked at.
    const now = account === undefined ? undefined : accounts.byName(folded);
    if (!right || now?.passwordHash !== account?.passwordHash || now === undefined) {
      this.#failures++;
      throw new AccessError('wrong-credentials', 'The name or the password is wrong.');
    }
    await limiter.succeeded(folded, visitor.address);
    return now;
  }
}
