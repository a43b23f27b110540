import type { Database } from './open-database.js';

/** Settings of one camera as they are kept. The address may carry credentials: it never leaves the server. */
export interface StoredCamera {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly transport: 'tcp' | 'udp';
  readonly loop: boolean;
  /** Absent takes the configuration's default. */
  readonly fps?: number;
  readonly enabled: boolean;
  readonly demo: boolean;
}

/** The cameras that were added at run time. */
export interface CameraStore {
  /** In the order they were added. */
  list(): StoredCamera[];
  /** Inserts a camera or replaces its settings. */
  put(camera: StoredCamera, atMs: number): void;
  remove(id: string): void;
}

/** Makes the store over a database. */
export function createCameraStore(db: Database): CameraStore {
  return {
    list: () =>
      db
        .all(db.build.selectFrom('cameras').selectAll().orderBy('created_at').orderBy('id'))
        .map(({ id, name, url, transport, loop, fps, enabled, demo }) => ({
          id,
          name,
          url,
          transport,
          loop: loop === 1,
          ...(fps === null ? {} : { fps }),
          enabled: enabled === 1,
          demo: demo === 1,
        })),
    put: ({ id, name, url, transport, loop, fps, enabled, demo }, atMs) => {
      const settings = {
        name,
        url,
        transport,
        loop: loop ? 1 : 0,
        fps: fps ?? null,
        enabled: enabled ? 1 : 0,
        demo: demo ? 1 : 0,
      };
      db.run(
        db.build
          .insertInto('cameras')
          .values({ id, ...settings, created_at: Math.round(atMs) })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(settings)),
      );
    },
    remove: (id) => void db.run(db.build.deleteFrom('cameras').where('id', '=', id)),
  };
}
