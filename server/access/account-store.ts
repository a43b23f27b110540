import type { AccountsTable } from '../storage/access-tables.js';
import type { Database } from '../storage/open-database.js';
import type { Role } from './caller.js';

/** Someone who signs in with a password. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Ids of the cameras it sees; all where absent. */
  readonly cameras?: readonly string[];
  /** Argon2id in PHC form. */
  readonly passwordHash: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly passwordAt: number;
}

/** The accounts as they are kept. */
export interface AccountStore {
  /** By name. */
  list(): Account[];
  byName(name: string): Account | undefined;
  byId(id: string): Account | undefined;
  count(): number;
  add(account: Account): void;
  /** Replaces all of an account but its id and its name. */
  replace(account: Account): void;
  remove(id: string): void;
}

/** Makes the store over a database. */
export function createAccountStore(db: Database): AccountStore {
  const select = () => db.build.selectFrom('accounts').selectAll();
  const one = (row: AccountsTable | undefined) => (row === undefined ? undefined : toAccount(row));
  return {
    list: () => db.all(select().orderBy('name')).map(toAccount),
    byName: (name) => one(db.first(select().where('name', '=', name))),
    byId: (id) => one(db.first(select().where('id', '=', id))),
    count: () =>
      db.first(db.build.selectFrom('accounts').select(({ fn }) => fn.countAll<number>().as('count')))
        ?.count ?? 0,
    add: (account) => void db.run(db.build.insertInto('accounts').values(toRow(account))),
    replace: (account) => {
      const { role, cameras, password_hash, password_at } = toRow(account);
      const changed = { role, cameras, password_hash, password_at };
      db.run(db.build.updateTable('accounts').set(changed).where('id', '=', account.id));
    },
    remove: (id) => void db.run(db.build.deleteFrom('accounts').where('id', '=', id)),
  };
}

function toAccount(row: AccountsTable): Account {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    ...(row.cameras === null ? {} : { cameras: JSON.parse(row.cameras) as string[] }),
    passwordHash: row.password_hash,
    createdAt: row.created_at,
    passwordAt: row.password_at,
  };
}

function toRow(account: Account): AccountsTable {
  return {
    id: account.id,
    name: account.name,
    role: account.role,
    cameras: account.cameras === undefined ? null : JSON.stringify(account.cameras),
    password_hash: account.passwordHash,
    created_at: account.createdAt,
    password_at: account.passwordAt,
  };
}
