import type { SinkSettings } from '../http/sink-api.js';
import type { Database } from './open-database.js';

/** A sink as it is kept. */
export interface StoredSink {
  readonly sinkId: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: SinkSettings;
  /** Sealed; undefined where there is none. */
  readonly sealed: string | undefined;
}

/** The sinks. */
export interface SinkStore {
  /** In the order they were added. */
  list(): StoredSink[];
  put(sink: StoredSink, atMs: number): void;
  remove(sinkId: string): void;
}

/** Makes the store over a database. */
export function createSinkStore(db: Database): SinkStore {
  return {
    list: () =>
      db
        .all(db.build.selectFrom('sinks').selectAll().orderBy('created_at').orderBy('sink_id'))
        .map(({ sink_id, name, enabled, settings, secret }) => ({
          sinkId: sink_id,
          name,
          enabled: enabled === 1,
          settings: JSON.parse(settings) as SinkSettings,
          sealed: secret ?? undefined,
        })),
    put: ({ sinkId, name, enabled, settings, sealed }, atMs) => {
      const values = {
        name,
        kind: settings.kind,
        enabled: enabled ? 1 : 0,
        settings: JSON.stringify(settings),
        secret: sealed ?? null,
      };
      db.run(
        db.build
          .insertInto('sinks')
          .values({ sink_id: sinkId, created_at: Math.round(atMs), ...values })
          .onConflict((conflict) => conflict.column('sink_id').doUpdateSet(values)),
      );
    },
    remove: (sinkId) => void db.run(db.build.deleteFrom('sinks').where('sink_id', '=', sinkId)),
  };
}
