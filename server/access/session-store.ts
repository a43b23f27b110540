import type { SessionsTable } from '../storage/access-tables.js';
import type { Database } from '../storage/open-database.js';

/** What a session belongs to. */
export type SessionOwner = { readonly account: string } | { readonly link: string };

/** A browser that is signed in, or that redeemed a publish link. Times in epoch milliseconds. */
export interface Session {
  readonly id: string;
  readonly owner: SessionOwner;
  readonly createdAt: number;
  /** When it was last used, to the minute. */
  readonly seenAt: number;
  /** When it ends whatever happens. */
  readonly endsAt: number;
  /** Where it was opened from. */
  readonly address: string;
  /** What the browser called itself. */
  readonly agent: string;
}

/** The sessions as they are kept: of what the browser holds only the hash. */
export interface SessionStore {
  add(session: Session, hash: string): void;
  byHash(hash: string): Session | undefined;
  touch(id: string, at: number): void;
  remove(id: string): void;
  /** The newest first. */
  ofOwner(owner: SessionOwner): Session[];
  /** Those that ended by `now`, or were not seen since `idleSince`. */
  over(now: number, idleSince: number): Session[];
}

/** Makes the store over a database. */
export function createSessionStore(db: Database): SessionStore {
  const select = () => db.build.selectFrom('sessions').selectAll();
  return {
    add: ({ id, owner, createdAt, seenAt, endsAt, address, agent }, hash) => {
      const row = {
        id,
        hash,
        account_id: 'account' in owner ? owner.account : null,
        link_id: 'link' in owner ? owner.link : null,
        created_at: createdAt,
        seen_at: seenAt,
        ends_at: endsAt,
        address,
        agent,
      };
      db.run(db.build.insertInto('sessions').values(row));
    },
    byHash: (hash) => db.all(select().where('hash', '=', hash)).map(toSession)[0],
    touch: (id, at) =>
      void db.run(db.build.updateTable('sessions').set({ seen_at: at }).where('id', '=', id)),
    remove: (id) => void db.run(db.build.deleteFrom('sessions').where('id', '=', id)),
    ofOwner: (owner) => {
      const query =
        'account' in owner
          ? select().where('account_id', '=', owner.account)
          : select().where('link_id', '=', owner.link);
      return db.all(query.orderBy('created_at', 'desc')).map(toSession);
    },
    over: (now, idleSince) =>
      db
        .all(select().where((is) => is.or([is('ends_at', '<=', now), is('seen_at', '<', idleSince)])))
        .map(toSession),
  };
}

function toSession(row: SessionsTable): Session {
  return {
    id: row.id,
    owner: row.account_id === null ? { link: row.link_id ?? '' } : { account: row.account_id },
    createdAt: row.created_at,
    seenAt: row.seen_at,
    endsAt: row.ends_at,
    address: row.address,
    agent: row.agent,
  };
}
