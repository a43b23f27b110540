import type { Durable, DurableEvents, DurableKind } from '../realtime/events.js';
import { type Cursor, formatCursor, parseCursor } from './cursor.js';
import type { Database } from './open-database.js';
import type { EventsTable } from './tables.js';

/** The part of a durable event that its producer makes. */
export type DurablePayload<K extends DurableKind> = K extends DurableKind
  ? Omit<DurableEvents[K], keyof Durable>
  : never;

/** One event that is in the log. */
export type LoggedEvent<K extends DurableKind = DurableKind> = K extends DurableKind
  ? {
      readonly seq: number;
      readonly kind: K;
      readonly cameraId: string;
      /** As it goes to clients. */
      readonly event: DurableEvents[K];
    }
  : never;

/** What a reader wants of the log. */
export interface EventFilter {
  readonly cameras: readonly string[] | '*';
  readonly kinds: readonly DurableKind[];
}

/** A piece of the log. */
export interface EventPage {
  readonly events: readonly LoggedEvent[];
  /** The place up to which the log was read: give it as `after` for the next piece. */
  readonly through: number;
  /** True when the log ended here at the moment of reading. */
  readonly end: boolean;
}

/** The durable, numbered log of events that clients resume from. */
export interface EventLog {
  /** Appends one event inside the caller's transaction. */
  append(kind: DurableKind, cameraId: string, at: number, payload: DurablePayload<DurableKind>): LoggedEvent;
  /** The events after a place, looking at most at `span` numbers, so that one read never takes long. */
  read(after: number, filter: EventFilter, span?: number): EventPage;
  /** Number of the newest event ever written; 0 for none. */
  newest(): number;
  /** The place from which a reader can go on without a hole; undefined when the cursor is unknown or too old. */
  resume(cursor: string): number | undefined;
  /** A cursor for a number of this log. */
  cursorAt(seq: number): string;
  /**
   * Deletes the oldest events beyond the bounds.
   *
   * @param olderThan epoch milliseconds: events before it go
   * @param keepRows at most this many newest events stay
   * @param atMost rows deleted by this call, so that it is short
   * @returns rows deleted
   */
  prune(olderThan: number, keepRows: number, atMost: number): number;
}

/** Makes the log over a database. */
export function createEventLog(db: Database): EventLog {
  const newest = (): number => {
    // The sequence outlives the rows: it tells where the log stands after all of them were pruned.
    const given = db.build.selectFrom('sqlite_sequence').select('seq').where('name', '=', 'events');
    return db.first(given)?.seq ?? 0;
  };
  const oldest = (): number | undefined =>
    db.first(db.build.selectFrom('events').select('seq').orderBy('seq', 'asc').limit(1))?.seq;
  const cursorAt = (seq: number): string => formatCursor({ databaseId: db.id, seq });
  return {
    append: (kind, cameraId, at, payload) => {
      const row = { kind, camera_id: cameraId, at, payload: JSON.stringify(payload) };
      const seq = db.run(db.build.insertInto('events').values(row)).lastInsertRowid;
      return logged(seq, row, cursorAt(seq));
    },
    read: (after, filter, span = 2000) => {
      const last = newest();
      const first = Math.max(after, (oldest() ?? last + 1) - 1);
      const through = Math.min(last, first + span);
      let query = db.build
        .selectFrom('events')
        .selectAll()
        .where('seq', '>', first)
        .where('seq', '<=', through)
        .where('kind', 'in', filter.kinds)
        .orderBy('seq');
      if (filter.cameras !== '*') query = query.where('camera_id', 'in', filter.cameras);
      const wanted = filter.kinds.length > 0 && filter.cameras.length > 0;
      const rows = wanted && through > first ? db.all(query) : [];
      return {
        events: rows.map((row) => logged(row.seq, row, cursorAt(row.seq))),
        through,
        end: through === last,
      };
    },
    newest,
    resume: (text) => {
      const cursor: Cursor | undefined = parseCursor(text);
      if (cursor?.databaseId !== db.id || cursor.seq > newest()) return undefined;
      return cursor.seq >= (oldest() ?? newest() + 1) - 1 ? cursor.seq : undefined;
    },
    cursorAt,
    prune: (olderThan, keepRows, atMost) => {
      const first = oldest();
      if (first === undefined) return 0;
      const surplus = newest() - keepRows;
      const step = db.build
        .selectFrom('events')
        .select(['seq', 'at'])
        .where('seq', '<', first + atMost)
        .orderBy('seq');
      // Only a run from the oldest on is deleted, so the log never has a hole in its middle, whatever the clock did.
      let through = first - 1;
      for (const row of db.all(step)) {
        if (row.at >= olderThan && row.seq > surplus) break;
        through = row.seq;
      }
      if (through < first) return 0;
      return db.run(db.build.deleteFrom('events').where('seq', '<=', through)).changes;
    },
  };
}

/** A row as an event; its kind and its payload were written together, so they belong together. */
function logged(seq: number, row: Omit<EventsTable, 'seq'>, cursor: string): LoggedEvent {
  const payload = JSON.parse(row.payload) as object;
  const event = { v: 1, cursor, at: row.at, ...payload };
  return { seq, kind: row.kind, cameraId: row.camera_id, event } as LoggedEvent;
}
