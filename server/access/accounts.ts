import { AccessError } from './access-error.js';
import { readAccountName } from './account-name.js';
import type { Account, AccountStore } from './account-store.js';
import type { Role } from './caller.js';
import type { PasswordHasher } from './password-hasher.js';
import { checkPassword } from './password-rules.js';
import type { Revocations } from './revocations.js';
import { newId } from './secret.js';
import type { Sessions } from './sessions.js';

/** A new account. */
export interface AccountInput {
  readonly name: string;
  readonly password: string;
  readonly role: Role;
  /** All cameras where absent. */
  readonly cameras?: readonly string[] | undefined;
}

/** What may change of an account; what is absent stays. `cameras: null` means all of them. */
export interface AccountPatch {
  readonly role?: Role | undefined;
  readonly cameras?: readonly string[] | null | undefined;
  readonly password?: string | undefined;
}

/** What the desk works with. */
export interface AccountsParts {
  readonly store: AccountStore;
  readonly sessions: Sessions;
  readonly hasher: PasswordHasher;
  readonly revocations: Revocations;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Makes, changes and removes accounts. A change of role, cameras or password ends all that the account holds open. */
export class Accounts {
  readonly #parts: AccountsParts;

  constructor(parts: AccountsParts) {
    this.#parts = parts;
  }

  /** Whether there is no account yet. */
  get none(): boolean {
    return this.#parts.store.count() === 0;
  }

  /** All of them, by name. */
  list(): Account[] {
    return this.#parts.store.list();
  }

  /** @throws AccessError `user-not-found` */
  get(id: string): Account {
    const account = this.#parts.store.byId(id);
    if (account === undefined) throw new AccessError('user-not-found', 'There is no such account.');
    return account;
  }

  /** Looks an account up by its kept name. */
  byName(name: string): Account | undefined {
    return this.#parts.store.byName(name);
  }

  /**
   * Makes an account. The first one ends the access of whoever sits at the machine, so it must be an admin's.
   *
   * @param proceed called in the very tick in which the account is written; what it throws stops that
   * @throws AccessError `invalid-name`, `weak-password`, `name-taken`, `first-must-be-admin`, `admin-sees-all`, `busy`
   */
  async add(input: AccountInput, proceed: (first: boolean) => void = () => undefined): Promise<Account> {
    const { store, hasher, revocations, now } = this.#parts;
    const name = readAccountName(input.name);
    checkPassword(input.password, name);
    checkCameras(input.role, input.cameras);
    if (store.byName(name) !== undefined) throw nameTaken(name);
    const passwordHash = await hasher.hash(input.password);
    const at = now();
    // Hashing took a while: all is asked again in the tick in which the account is written.
    if (store.byName(name) !== undefined) throw nameTaken(name);
    const first = store.count() === 0;
    if (first && input.role !== 'admin') {
      throw new AccessError('first-must-be-admin', 'The first account must be an admin.');
    }
    const account: Account = {
      id: newId(),
      name,
      role: input.role,
      ...(input.cameras === undefined ? {} : { cameras: [...new Set(input.cameras)] }),
      passwordHash,
      createdAt: at,
      passwordAt: at,
    };
    proceed(first);
    store.add(account);
    if (first) revocations.tell('local', 'local');
    return account;
  }

  /** @throws AccessError `user-not-found`, `weak-password`, `last-admin`, `admin-sees-all`, `busy` */
  async change(id: string, patch: AccountPatch): Promise<Account> {
    const { store, hasher, now } = this.#parts;
    const { name } = this.get(id);
    if (patch.password !== undefined) checkPassword(patch.password, name);
    const passwordHash = patch.password === undefined ? undefined : await hasher.hash(patch.password);
    const { cameras: before, ...account } = this.get(id);
    const role = patch.role ?? account.role;
    const cameras = patch.cameras === undefined ? before : (patch.cameras ?? undefined);
    checkCameras(role, cameras);
    if (role !== 'admin') this.#keepAnAdmin(account);
    const changed: Account = {
      ...account,
      role,
      ...(cameras === undefined ? {} : { cameras: [...new Set(cameras)] }),
      ...(passwordHash === undefined ? {} : { passwordHash, passwordAt: now() }),
    };
    store.replace(changed);
    this.#endAll(id);
    return changed;
  }

  /** @throws AccessError `user-not-found`, `last-admin` */
  remove(id: string): void {
    const account = this.get(id);
    this.#keepAnAdmin(account);
    this.#parts.store.remove(id);
    this.#endAll(id);
  }

  /** Sessions, sockets and streams of the account; those of its API tokens come back with what it may do now. */
  #endAll(id: string): void {
    this.#parts.sessions.endAllOf({ account: id });
    this.#parts.revocations.tell('account', id);
  }

  #keepAnAdmin({ id, role }: Pick<Account, 'id' | 'role'>): void {
    if (role !== 'admin') return;
    const others = this.list().filter((other) => other.role === 'admin' && other.id !== id);
    if (others.length === 0)
      throw new AccessError('last-admin', 'This is the last admin; make another one first.');
  }
}

function nameTaken(name: string): AccessError {
  return new AccessError('name-taken', `There is an account ${name} already.`);
}

function checkCameras(role: Role, cameras: readonly string[] | undefined): void {
  if (role === 'admin' && cameras !== undefined) {
    throw new AccessError('admin-sees-all', 'An admin sees all cameras.');
  }
}
