import { createAccess } from '../../access/access.js';
import { AccessError } from '../../access/access-error.js';
import { foldAccountName } from '../../access/account-name.js';
import type { Account } from '../../access/account-store.js';
import type { Role } from '../../access/caller.js';
import type { UserList, UserView } from '../../http/access-api.js';
import { controlPath } from '../../http/control-listener.js';
import { openDatabase } from '../../storage/open-database.js';
import { DataFolderTakenError } from '../../storage/storage-errors.js';
import { askBySocket, type AskServer } from '../ask-server.js';

/** A new account, as the command line makes it. */
export interface NewUser {
  readonly name: string;
  readonly password: string;
  readonly role: Role;
  /** All cameras where absent. */
  readonly cameras?: readonly string[];
}

/** One line of `user list`. */
export type ListedUser = Pick<UserView, 'name' | 'role' | 'cameras'>;

/** The accounts of a data folder, whether a server runs on it or not. Methods reject with `AccessError` or `ServerRefusal`. */
export interface UserControl {
  list(): Promise<readonly ListedUser[]>;
  add(user: NewUser): Promise<ListedUser>;
  setPassword(name: string, password: string): Promise<ListedUser>;
  /** @returns the account as it was */
  remove(name: string): Promise<ListedUser>;
  /** Makes the link for the first account. @returns path and fragment, to be put behind the server's address */
  setupPath(): Promise<string>;
  /** Gives the data folder back; idempotent. */
  close(): void;
}

/** Opens the accounts of a data folder; the server that uses it is asked where there is one. */
export function openUserControl(dataDir: string): UserControl {
  try {
    return ownControl(dataDir);
  } catch (error) {
    if (error instanceof DataFolderTakenError) return serverControl(askBySocket(controlPath(dataDir)));
    throw error;
  }
}

function ownControl(dataDir: string): UserControl {
  const database = openDatabase(dataDir);
  const problems: unknown[] = [];
  const access = createAccess(database, {
    now: Date.now,
    onLoopback: true,
    trustedProxies: [],
    onProblem: (error) => problems.push(error),
  });
  const { accounts, links } = access;
  const named = (name: string): Account => {
    const account = accounts.byName(foldAccountName(name));
    if (account === undefined) throw notFound();
    return account;
  };
  return {
    list: () => Promise.resolve(accounts.list()),
    add: async (user) => accounts.add(user),
    setPassword: async (name, password) => accounts.change(named(name).id, { password }),
    remove: async (name) => {
      await Promise.resolve();
      const account = named(name);
      accounts.remove(account.id);
      return account;
    },
    setupPath: () =>
      accounts.none
        ? Promise.resolve(`/setup#${links.makeSetup()}`)
        : Promise.reject(new AccessError('setup-done', 'There are accounts already: sign in.')),
    close: () => {
      access.close();
      database.close();
    },
  };
}

function serverControl(ask: AskServer): UserControl {
  const list = async () => ((await ask('GET', '/api/users')) as UserList).users;
  const named = async (name: string): Promise<UserView> => {
    const folded = foldAccountName(name);
    const user = (await list()).find((one) => one.name === folded);
    if (user === undefined) throw notFound();
    return user;
  };
  return {
    list,
    add: async (user) => (await ask('POST', '/api/users', user)) as UserView,
    setPassword: async (name, password) =>
      (await ask('PATCH', pathOf(await named(name)), { password })) as UserView,
    remove: async (name) => {
      const user = await named(name);
      await ask('DELETE', pathOf(user));
      return user;
    },
    setupPath: async () => ((await ask('POST', '/api/setup/link')) as { path: string }).path,
    close: () => undefined,
  };
}

function pathOf({ id }: UserView): string {
  return `/api/users/${id}`;
}

function notFound(): AccessError {
  return new AccessError('user-not-found', 'There is no account of that name.');
}
