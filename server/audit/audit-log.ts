import type { AuditTable } from '../storage/access-tables.js';
import type { Database } from '../storage/open-database.js';

/** Who did what, when, from where, and what came of it. */
export interface AuditRecord {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `user`, `token`, `link`, `local` or `anonymous`. */
  readonly actorKind: string;
  readonly actor: string;
  /** Method and path of the route, or a word such as `sign-in`. */
  readonly action: string;
  readonly cameraId?: string | undefined;
  /** What was made, changed or removed. */
  readonly subject?: string | undefined;
  readonly address: string;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** A record that is in the log. */
export interface AuditEntry extends AuditRecord {
  /** Counts up, never reused. */
  readonly seq: number;
}

/** Which entries to read, newest first. */
export interface AuditQuery {
  readonly limit: number;
  /** `seq` of the last entry of the page before. */
  readonly before?: number | undefined;
  /** Epoch milliseconds; `from` included, `to` not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly actor?: string | undefined;
  readonly cameraId?: string | undefined;
}

/** The audit log: written at once, read page by page, pruned from its oldest end. */
export interface AuditLog {
  /** Never throws: what cannot be written down is told to `onProblem`, and the request that caused it is answered all the same. */
  record(record: AuditRecord): void;
  read(query: AuditQuery): AuditEntry[];
  /**
   * Deletes the oldest entries beyond the bounds.
   *
   * @param olderThan epoch milliseconds: entries before it go
   * @param keepRows at most this many newest entries stay
   * @param atMost entries deleted by this call, so that it is short
   * @returns entries deleted
   */
  prune(olderThan: number, keepRows: number, atMost: number): number;
}

/** Characters of any text that are kept; names and addresses come from outside. */
const longestText = 120;

/** Makes the log over a database. */
export function createAuditLog(db: Database, onProblem: (error: unknown) => void): AuditLog {
  return {
    record: (record) => {
      const row = {
        at: Math.round(record.at),
        actor_kind: record.actorKind,
        actor: plain(record.actor),
        action: plain(record.action),
        camera_id: record.cameraId === undefined ? null : plain(record.cameraId),
        subject: record.subject === undefined ? null : plain(record.subject),
        address: plain(record.address),
        status: record.status,
      };
      try {
        db.run(db.build.insertInto('audit').values(row));
      } catch (error) {
        onProblem(error);
      }
    },
    read: ({ limit, before, from, to, actor, cameraId }) => {
      let query = db.build.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
      if (before !== undefined) query = query.where('seq', '<', before);
      if (from !== undefined) query = query.where('at', '>=', from);
      if (to !== undefined) query = query.where('at', '<', to);
      if (actor !== undefined) query = query.where('actor', '=', actor);
      if (cameraId !== undefined) query = query.where('camera_id', '=', cameraId);
      return db.all(query).map(toEntry);
    },
    prune: (olderThan, keepRows, atMost) => {
      const rows = db.build.selectFrom('audit').select(['seq', 'at']).orderBy('seq');
      const newest = db.first(
        db.build.selectFrom('audit').select('seq').orderBy('seq', 'desc').limit(1),
      )?.seq;
      if (newest === undefined) return 0;
      let through = 0;
      // Only a run from the oldest on goes, whatever the clock did.
      for (const { seq, at } of db.all(rows.limit(atMost))) {
        if (at >= olderThan && seq > newest - keepRows) break;
        through = seq;
      }
      return through === 0 ? 0 : db.run(db.build.deleteFrom('audit').where('seq', '<=', through)).changes;
    },
  };
}

/** One line of bounded length: no entry can look like two. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, longestText);
}

function toEntry(row: Omit<AuditTable, 'seq'> & { readonly seq: number }): AuditEntry {
  return {
    seq: row.seq,
    at: row.at,
    actorKind: row.actor_kind,
    actor: row.actor,
    action: row.action,
    ...(row.camera_id === null ? {} : { cameraId: row.camera_id }),
    ...(row.subject === null ? {} : { subject: row.subject }),
    address: row.address,
    status: row.status,
  };
}
