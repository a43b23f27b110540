import type { TokensTable } from '../storage/access-tables.js';
import type { Database } from '../storage/open-database.js';
import type { Permission } from './caller.js';

/** A key for programs. Times in epoch milliseconds. */
export interface ApiToken {
  readonly id: string;
  /** The first characters of the token, to recognise it by. */
  readonly prefix: string;
  readonly name: string;
  /** Whose rights bound it; absent for one made before there were accounts. */
  readonly accountId?: string;
  readonly permissions: readonly Permission[];
  /** All cameras where absent. */
  readonly cameras?: readonly string[];
  readonly createdAt: number;
  /** Never where absent. */
  readonly expiresAt?: number;
  readonly lastUsedAt?: number;
}

/** The tokens as they are kept: only their hashes. */
export interface TokenStore {
  add(token: ApiToken, hash: string): void;
  byHash(hash: string): ApiToken | undefined;
  byId(id: string): ApiToken | undefined;
  /** The newest first. */
  list(): ApiToken[];
  touch(id: string, at: number): void;
  remove(id: string): void;
  /** Those that have expired by a moment. */
  expired(now: number): ApiToken[];
}

/** Makes the store over a database. */
export function createTokenStore(db: Database): TokenStore {
  const select = () => db.build.selectFrom('tokens').selectAll();
  return {
    add: (token, hash) => {
      const row = {
        id: token.id,
        hash,
        prefix: token.prefix,
        name: token.name,
        account_id: token.accountId ?? null,
        permissions: JSON.stringify(token.permissions),
        cameras: token.cameras === undefined ? null : JSON.stringify(token.cameras),
        created_at: token.createdAt,
        expires_at: token.expiresAt ?? null,
        last_used_at: null,
      };
      db.run(db.build.insertInto('tokens').values(row));
    },
    byHash: (hash) => db.all(select().where('hash', '=', hash)).map(toToken)[0],
    byId: (id) => db.all(select().where('id', '=', id)).map(toToken)[0],
    list: () => db.all(select().orderBy('created_at', 'desc').orderBy('id')).map(toToken),
    touch: (id, at) =>
      void db.run(db.build.updateTable('tokens').set({ last_used_at: at }).where('id', '=', id)),
    remove: (id) => void db.run(db.build.deleteFrom('tokens').where('id', '=', id)),
    expired: (now) => db.all(select().where('expires_at', '<=', now)).map(toToken),
  };
}

function toToken(row: TokensTable): ApiToken {
  return {
    id: row.id,
    prefix: row.prefix,
    name: row.name,
    ...(row.account_id === null ? {} : { accountId: row.account_id }),
    permissions: JSON.parse(row.permissions) as Permission[],
    ...(row.cameras === null ? {} : { cameras: JSON.parse(row.cameras) as string[] }),
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
}
