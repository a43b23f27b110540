import { AccessError } from './access-error.js';
import type { Account } from './account-store.js';
import { type Caller, type Permission, permissionsOf, sees } from './caller.js';
import type { Revocations } from './revocations.js';
import { hashSecret, newId, newSecret } from './secret.js';
import type { ApiToken, TokenStore } from './token-store.js';

/** Every token begins so: it is recognised in logs and by scanners for leaked secrets. */
const mark = 'mwt_';
/** Characters that are kept to recognise a token by. */
const visible = mark.length + 6;
/** The moment of the last use is written down at most this often, in milliseconds. */
const touchEveryMs = 60_000;
/** Tokens at once, of all accounts together. */
const mostTokens = 1000;

/** A new token. */
export interface TokenInput {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly cameras?: readonly string[] | undefined;
  /** Epoch milliseconds; never where absent. */
  readonly expiresAt?: number | undefined;
}

/** What the desk works with. */
export interface TokensParts {
  readonly store: TokenStore;
  readonly accountOf: (id: string) => Account | undefined;
  readonly revocations: Revocations;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** API tokens. A token never may more than the account that made it may at that moment. */
export class Tokens {
  readonly #parts: TokensParts;

  constructor(parts: TokensParts) {
    this.#parts = parts;
  }

  /**
   * @param maker whose rights bound the token
   * @returns the token itself, which is shown once
   * @throws AccessError `token-too-wide` where it asks for more than its maker may
   */
  add(maker: Caller, input: TokenInput): { token: ApiToken; secret: string } {
    const { store, now } = this.#parts;
    const wide =
      input.permissions.some((permission) => !maker.may.has(permission)) ||
      (input.cameras ?? []).some((id) => !sees(maker, id));
    if (wide) throw new AccessError('token-too-wide', 'A token may no more than your account may.');
    if (store.list().length >= mostTokens) {
      throw new AccessError('token-too-wide', `There are ${mostTokens} tokens already; revoke some first.`);
    }
    const secret = mark + newSecret();
    const token: ApiToken = {
      id: newId(),
      prefix: secret.slice(0, visible),
      name: input.name,
      ...(maker.grounds.account === undefined ? {} : { accountId: maker.grounds.account }),
      permissions: [...new Set(input.permissions)],
      ...(input.cameras === undefined ? {} : { cameras: [...new Set(input.cameras)] }),
      createdAt: now(),
      ...(input.expiresAt === undefined ? {} : { expiresAt: input.expiresAt }),
    };
    store.add(token, hashSecret(secret));
    return { token, secret };
  }

  /** The caller that a token stands for; undefined when it is unknown, expired or has lost its account. */
  callerOf(secret: string): Caller | undefined {
    if (!secret.startsWith(mark)) return undefined;
    const { store, accountOf, now } = this.#parts;
    const token = store.byHash(hashSecret(secret));
    if (token === undefined) return undefined;
    const at = now();
    if (token.expiresAt !== undefined && token.expiresAt <= at) return undefined;
    const account = token.accountId === undefined ? undefined : accountOf(token.accountId);
    if (token.accountId !== undefined && account === undefined) return undefined;
    if (at - (token.lastUsedAt ?? 0) >= touchEveryMs) store.touch(token.id, at);
    return toCaller(token, account);
  }

  /** All tokens, or those of one account; the newest first. */
  list(accountId?: string): ApiToken[] {
    const all = this.#parts.store.list();
    return accountId === undefined ? all : all.filter((token) => token.accountId === accountId);
  }

  /**
   * Revokes a token and ends all that it holds open.
   *
   * @param accountId of the account that it must belong to; any where absent
   * @throws AccessError `token-not-found`
   */
  remove(id: string, accountId?: string): ApiToken {
    const { store, revocations } = this.#parts;
    const token = store.byId(id);
    if (token === undefined || (accountId !== undefined && token.accountId !== accountId)) {
      throw new AccessError('token-not-found', 'There is no such token.');
    }
    store.remove(id);
    revocations.tell('token', id);
    return token;
  }

  /** Removes those that have expired. */
  sweep(): void {
    const { store, now } = this.#parts;
    for (const { id } of store.expired(now())) this.remove(id);
  }

  /** Removes the tokens of an account. */
  removeAllOf(accountId: string): void {
    for (const { id } of this.list(accountId)) this.remove(id);
  }
}

function toCaller(token: ApiToken, account: Account | undefined): Caller {
  const bound = account === undefined ? undefined : permissionsOf(account.role);
  const may = new Set<Permission>(['public', 'known']);
  for (const permission of token.permissions) {
    if (bound === undefined || bound.has(permission)) may.add(permission);
  }
  const cameras = intersection(token.cameras, account?.cameras);
  return {
    kind: 'token',
    name: account === undefined ? token.name : `${account.name}/${token.name}`,
    may,
    ...(cameras === undefined ? {} : { cameras }),
    grounds: { token: token.id, ...(account === undefined ? {} : { account: account.id }) },
  };
}

/** What both lists allow; absent lists allow everything. */
function intersection(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (a === undefined) return b === undefined ? undefined : new Set(b);
  return new Set(b === undefined ? a : a.filter((id) => b.includes(id)));
}
