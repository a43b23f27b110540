import type { Database } from './open-database.js';

/** Small facts that must outlast a restart, such as "the demo camera was dismissed". */
export interface FlagStore {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

/** Makes the store over a database; its keys live beside the database's own facts, with a prefix. */
export function createFlagStore(db: Database): FlagStore {
  return {
    get: (key) =>
      db.first(db.build.selectFrom('meta').select('value').where('key', '=', `flag:${key}`))?.value,
    set: (key, value) =>
      void db.run(
        db.build
          .insertInto('meta')
          .values({ key: `flag:${key}`, value })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
      ),
  };
}
