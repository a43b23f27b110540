import type { Database } from './open-database.js';
import type { OutboxTable } from './zone-tables.js';

/** A message for a sink. */
export interface OutboxRow {
  readonly itemId: number;
  readonly sinkId: string;
  readonly news: string;
  readonly state: OutboxTable['state'];
  readonly createdAt: number;
  readonly dueAt: number;
  readonly attempts: number;
  readonly error: string | undefined;
  readonly finishedAt: number | undefined;
  /** JSON. */
  readonly message: string;
}

/** Bounds of the outbox, for each sink. */
export interface OutboxBounds {
  /** Messages that may wait; of more, the oldest are given up and counted as dead. */
  readonly waiting: number;
  /** Messages that are remembered after their end, sent or given up. */
  readonly finished: number;
}

/** What waits to be sent, on disk. All times in epoch milliseconds. */
export interface OutboxStore {
  /** Puts a message in; the same news twice for a sink is one message. @returns false when it was there already */
  add(sinkId: string, news: string, message: string, now: number, dueAt: number): boolean;
  /** The message of a piece of news that waits and was not tried yet. */
  untried(sinkId: string, news: string): OutboxRow | undefined;
  /** Replaces the text of a message. */
  rewrite(itemId: number, message: string): void;
  /** The oldest message that is due. */
  due(sinkId: string, now: number): OutboxRow | undefined;
  /** When the next message is due; undefined when none waits. */
  nextDueAt(sinkId: string): number | undefined;
  sent(itemId: number, now: number): void;
  failed(itemId: number, error: string, dueAt: number): void;
  /** Gives a message up. */
  dead(itemId: number, error: string, now: number): void;
  counts(sinkId: string): { readonly waiting: number; readonly sent: number; readonly dead: number };
  /** The newest first. */
  list(sinkId: string, state: OutboxTable['state'] | undefined, limit: number): OutboxRow[];
  /** Makes messages wait again. @param items all that were given up where absent @returns how many */
  replay(sinkId: string, items: readonly number[] | undefined, now: number): number;
  /** Forgets messages that were not sent. @param items all that were given up where absent @returns how many */
  drop(sinkId: string, items: readonly number[] | undefined): number;
  /** Keeps the bounds of a sink. */
  trim(sinkId: string, bounds: OutboxBounds, now: number): void;
  /** Forgets everything of a sink. */
  forget(sinkId: string): void;
}

/** Makes the store over a database. */
export function createOutboxStore(db: Database): OutboxStore {
  const { build } = db;
  const ofState = (sinkId: string, state: OutboxTable['state']) =>
    build.selectFrom('outbox').selectAll().where('sink_id', '=', sinkId).where('state', '=', state);
  const update = (itemId: number, values: Partial<Omit<OutboxTable, 'item_id'>>): void =>
    void db.run(build.updateTable('outbox').set(values).where('item_id', '=', itemId));
  return {
    add: (sinkId, news, message, now, dueAt) => {
      const row = { sink_id: sinkId, news, message, created_at: now, due_at: dueAt, attempts: 0 };
      const values = { ...row, state: 'waiting' as const, last_error: null, finished_at: null };
      const insert = build
        .insertInto('outbox')
        .values(values)
        .onConflict((conflict) => conflict.doNothing());
      return db.run(insert).changes > 0;
    },
    untried: (sinkId, news) =>
      found(db.first(ofState(sinkId, 'waiting').where('news', '=', news).where('attempts', '=', 0))),
    rewrite: (itemId, message) => update(itemId, { message }),
    due: (sinkId, now) =>
      found(db.first(ofState(sinkId, 'waiting').where('due_at', '<=', now).orderBy('item_id').limit(1))),
    nextDueAt: (sinkId) => db.first(ofState(sinkId, 'waiting').orderBy('due_at').limit(1))?.due_at,
    sent: (itemId, now) => update(itemId, { state: 'sent', last_error: null, finished_at: now }),
    failed: (itemId, error, dueAt) =>
      void db.run(
        build
          .updateTable('outbox')
          .set((eb) => ({ attempts: eb('attempts', '+', 1), last_error: error, due_at: dueAt }))
          .where('item_id', '=', itemId),
      ),
    dead: (itemId, error, now) => update(itemId, { state: 'dead', last_error: error, finished_at: now }),
    counts: (sinkId) => {
      const rows = db.all(
        build
          .selectFrom('outbox')
          .select(({ fn }) => ['state', fn.countAll<number>().as('items')])
          .where('sink_id', '=', sinkId)
          .groupBy('state'),
      );
      const of = (state: OutboxTable['state']) => rows.find((row) => row.state === state)?.items ?? 0;
      return { waiting: of('waiting'), sent: of('sent'), dead: of('dead') };
    },
    list: (sinkId, state, limit) => {
      let query = build.selectFrom('outbox').selectAll().where('sink_id', '=', sinkId);
      if (state !== undefined) query = query.where('state', '=', state);
      return db.all(query.orderBy('item_id', 'desc').limit(limit)).map(rowOf);
    },
    replay: (sinkId, items, now) => {
      let query = build
        .updateTable('outbox')
        .set({ state: 'waiting', due_at: now, attempts: 0, finished_at: null })
        .where('sink_id', '=', sinkId);
      query = items === undefined ? query.where('state', '=', 'dead') : query.where('item_id', 'in', items);
      return db.run(query).changes;
    },
    drop: (sinkId, items) => {
      let query = build.deleteFrom('outbox').where('sink_id', '=', sinkId);
      query =
        items === undefined
          ? query.where('state', '=', 'dead')
          : query.where('state', '!=', 'sent').where('item_id', 'in', items);
      return db.run(query).changes;
    },
    trim: (sinkId, { waiting, finished }, now) => {
      const surplus = db.all(ofState(sinkId, 'waiting').orderBy('item_id', 'desc').limit(-1).offset(waiting));
      for (const { item_id } of surplus) {
        update(item_id, { state: 'dead', last_error: 'too many messages waited', finished_at: now });
      }
      const oldest = build
        .selectFrom('outbox')
        .select('item_id')
        .where('sink_id', '=', sinkId)
        .where('state', '!=', 'waiting')
        .orderBy('item_id', 'desc')
        .limit(-1)
        .offset(finished);
      db.run(build.deleteFrom('outbox').where('item_id', 'in', oldest));
    },
    forget: (sinkId) => void db.run(build.deleteFrom('outbox').where('sink_id', '=', sinkId)),
  };
}

function found(row: Selected | undefined): OutboxRow | undefined {
  return row === undefined ? undefined : rowOf(row);
}

type Selected = Omit<OutboxTable, 'item_id'> & { readonly item_id: number };

function rowOf(row: Selected): OutboxRow {
  return {
    itemId: row.item_id,
    sinkId: row.sink_id,
    news: row.news,
    state: row.state,
    createdAt: row.created_at,
    dueAt: row.due_at,
    attempts: row.attempts,
    error: row.last_error ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    message: row.message,
  };
}
