import { Secret } from '../../streams/secret/secret.js';
import { splitAddress } from '../../streams/secret/split-address.js';
import type { Vault } from '../secrets/vault.js';
import type { Database } from './open-database.js';

/** Settings of one camera as they are kept. */
export interface StoredCamera {
  readonly id: string;
  readonly name: string;
  /** Without credentials. */
  readonly url: string;
  /** The whole address, where it carries credentials. */
  readonly access?: Secret;
  /** As `parseCertificateRule` reads it; absent where an authority must have signed it. */
  readonly certificate?: string;
  readonly transport: 'tcp' | 'udp';
  readonly loop: boolean;
  /** Absent takes the configuration's default. */
  readonly fps?: number;
  readonly enabled: boolean;
  readonly demo: boolean;
  /** Absent where it belongs to none. */
  readonly group?: string;
}

/** The cameras that were added at run time. */
export interface CameraStore {
  /** In the order they were added. Credentials that cannot be opened are left out. */
  list(): StoredCamera[];
  /** Inserts a camera or replaces its settings. */
  put(camera: StoredCamera, atMs: number): void;
  remove(id: string): void;
}

/** What a store may tell. */
export interface CameraStoreOptions {
  /** A camera's credentials were sealed with another key: they must be given anew. Told once for each camera. */
  readonly onLost?: (cameraId: string) => void;
}

/**
 * Makes the store over a database. Credentials that an earlier release left in clear are sealed now, and the old text is
 * overwritten.
 */
export function createCameraStore(db: Database, vault: Vault, options: CameraStoreOptions = {}): CameraStore {
  const lost = new Set<string>();
  const purpose = (id: string): string => `camera ${id}`;
  const open = (id: string, sealed: string | null): { access?: Secret } => {
    if (sealed === null) return {};
    const text = vault.open(sealed, purpose(id));
    if (text !== undefined) return { access: new Secret(text) };
    if (!lost.has(id)) options.onLost?.(id);
    lost.add(id);
    return {};
  };
  const seal = (id: string, access: Secret | undefined): string | null =>
    access === undefined ? null : vault.seal(access.reveal(), purpose(id));

  sealOldRows(db, seal);
  return {
    list: () =>
      db
        .all(db.build.selectFrom('cameras').selectAll().orderBy('created_at').orderBy('id'))
        .map(({ id, name, url, access, transport, loop, fps, enabled, demo, group_name, certificate }) => ({
          id,
          name,
          url,
          ...open(id, access),
          transport,
          loop: loop === 1,
          ...(fps === null ? {} : { fps }),
          enabled: enabled === 1,
          demo: demo === 1,
          ...(group_name === null ? {} : { group: group_name }),
          ...(certificate === null ? {} : { certificate }),
        })),
    put: ({ id, name, url, access, transport, loop, fps, enabled, demo, group, certificate }, atMs) => {
      const settings = {
        name,
        url,
        access: seal(id, access),
        transport,
        loop: loop ? 1 : 0,
        fps: fps ?? null,
        enabled: enabled ? 1 : 0,
        demo: demo ? 1 : 0,
        group_name: group ?? null,
        certificate: certificate ?? null,
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

function sealOldRows(db: Database, seal: (id: string, access: Secret) => string | null): void {
  const rows = db.all(db.build.selectFrom('cameras').select(['id', 'url']).where('access', 'is', null));
  const open = rows.flatMap(({ id, url }) => {
    const split = splitAddress(url);
    return split.access === undefined ? [] : [{ id, url: split.url, access: seal(id, split.access) }];
  });
  if (open.length === 0) return;
  db.transaction(() => {
    for (const { id, url, access } of open) {
      db.run(db.build.updateTable('cameras').set({ url, access }).where('id', '=', id));
    }
  });
  db.overwriteLog();
}
