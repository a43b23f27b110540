import type { LinksTable } from '../storage/access-tables.js';
import type { Database } from '../storage/open-database.js';

/** A link that works once. Times in epoch milliseconds. */
export interface OneTimeLink {
  readonly id: string;
  /** `setup` makes the first account; `publish` sends one webcam. */
  readonly kind: 'setup' | 'publish';
  /** Of a publish link. */
  readonly cameraId?: string;
  /** Name of who made it. */
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

/** The links as they are kept: only their hashes. */
export interface LinkStore {
  add(link: OneTimeLink, hash: string): void;
  byHash(hash: string): OneTimeLink | undefined;
  byId(id: string): OneTimeLink | undefined;
  /** The newest first. */
  list(kind: OneTimeLink['kind']): OneTimeLink[];
  /** @returns false when it was used already */
  use(id: string, at: number): boolean;
  remove(id: string): void;
  /** Those that have expired by a moment. */
  expired(now: number): OneTimeLink[];
}

/** Makes the store over a database. */
export function createLinkStore(db: Database): LinkStore {
  const select = () => db.build.selectFrom('links').selectAll();
  return {
    add: (link, hash) => {
      const row = {
        id: link.id,
        hash,
        kind: link.kind,
        camera_id: link.cameraId ?? null,
        created_by: link.createdBy,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
        used_at: null,
      };
      db.run(db.build.insertInto('links').values(row));
    },
    byHash: (hash) => db.all(select().where('hash', '=', hash)).map(toLink)[0],
    byId: (id) => db.all(select().where('id', '=', id)).map(toLink)[0],
    list: (kind) =>
      db.all(select().where('kind', '=', kind).orderBy('created_at', 'desc').orderBy('id')).map(toLink),
    use: (id, at) =>
      db.run(
        db.build.updateTable('links').set({ used_at: at }).where('id', '=', id).where('used_at', 'is', null),
      ).changes === 1,
    remove: (id) => void db.run(db.build.deleteFrom('links').where('id', '=', id)),
    expired: (now) => db.all(select().where('expires_at', '<=', now)).map(toLink),
  };
}

function toLink(row: LinksTable): OneTimeLink {
  return {
    id: row.id,
    kind: row.kind,
    ...(row.camera_id === null ? {} : { cameraId: row.camera_id }),
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.used_at === null ? {} : { usedAt: row.used_at }),
  };
}
