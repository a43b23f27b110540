import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { Database } from './open-database.js';
import type { Tables } from './tables.js';

/** How long each kind of record is kept, in days; kinds that are absent are kept for ever. */
export interface Retention {
  /** People's stays, one row each. */
  readonly visits?: number;
  /** Counts by the minute, of cameras and of zones. */
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
  readonly alerts?: number;
}

/** How the deleting is paced; the defaults suit a server. */
export interface RetentionOptions {
  /** Milliseconds between two steps: 5000. */
  readonly everyMs?: number;
  /** Rows deleted in one step, about: 1000, a few milliseconds. */
  readonly step?: number;
  readonly onProblem?: (error: unknown) => void;
}

/** Where the records of a kind lie, and the column of their time, which an index or the key begins with. */
const places: readonly { kind: keyof Retention; table: keyof Tables; column: string }[] = [
  { kind: 'visits', table: 'visits', column: 'first_seen_at' },
  { kind: 'minutes', table: 'minute_buckets', column: 'minute_at' },
  { kind: 'minutes', table: 'zone_minutes', column: 'minute_at' },
  { kind: 'hours', table: 'hour_buckets', column: 'starts_at' },
  { kind: 'hours', table: 'zone_hours', column: 'starts_at' },
  { kind: 'days', table: 'day_buckets', column: 'starts_at' },
  { kind: 'days', table: 'zone_days', column: 'starts_at' },
  { kind: 'alerts', table: 'alerts', column: 'raised_at' },
];

const dayMs = 24 * 3_600_000;

/**
 * Deletes what is older than it may become, one kind a step, a few rows at a time. The wall clock must have stood past a
 * record's age for two checks in a row, so that one wrong reading deletes nothing.
 *
 * @param keep asked before each check, so that a changed configuration holds from the next one on
 * @param now epoch milliseconds
 * @returns the function that stops it; idempotent
 */
export function startRetention(
  db: Database,
  keep: () => Retention,
  now: () => number,
  { everyMs = 5000, step = 1000, onProblem }: RetentionOptions = {},
): () => void {
  let turn = 0;
  let earlier = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    const at = now();
    const place = places[turn++ % places.length];
    const days = place === undefined ? undefined : keep()[place.kind];
    try {
      if (place !== undefined && days !== undefined) {
        deleteOld(db, place.table, place.column, Math.min(at, earlier) - days * dayMs, step);
      }
    } catch (error) {
      onProblem?.(error);
    }
    earlier = at;
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Deletes about `step` of the oldest rows, all of them older than `limit` (epoch milliseconds). */
function deleteOld(db: Database, table: keyof Tables, column: string, limit: number, step: number): void {
  if (!Number.isFinite(limit)) return;
  const [from, time] = [sql.table(table), sql.ref(column)];
  const statement = <Row>(raw: RawBuilder<Row>): Compilable<Row> => ({
    compile: () => raw.compile(db.build),
  });
  const oldest = db.first(statement(sql<{ at: number | null }>`SELECT min(${time}) AS at FROM ${from}`))?.at;
  if (oldest === null || oldest === undefined || oldest >= limit) return;
  const next = sql<{ at: number }>`SELECT ${time} AS at FROM ${from} ORDER BY ${time} LIMIT 1 OFFSET ${step}`;
  // Rows of one moment go together, however many: the edge always lies after the oldest.
  const edge = Math.max(db.first(statement(next))?.at ?? limit, oldest + 1);
  db.run(statement(sql`DELETE FROM ${from} WHERE ${time} < ${Math.min(limit, edge)}`));
}
