import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../../streams/secret/secret.js';
import { keyFileName } from '../../secrets/secret-key.js';
import { createVault } from '../../secrets/vault.js';
import { isDamage, readSqliteFile, type SqliteFile } from '../../storage/sqlite-file.js';
import { migrations } from '../../storage/migrate.js';
import { reasonOf } from './finding.js';

/** A camera as the database has it. */
export interface StoredCameraFacts {
  readonly id: string;
  /** Without credentials. */
  readonly url: string;
  /** The whole address, where it carries credentials that could be opened. */
  readonly access?: Secret;
  readonly transport: 'tcp' | 'udp';
  readonly certificate?: string;
  readonly enabled: boolean;
}

/** What is to be known of a database without changing it. */
export interface StoredFacts {
  /** `none`: there is no database yet. */
  readonly state: 'none' | 'sound' | 'damaged' | 'unreadable';
  /** What is wrong with it; empty while nothing is. */
  readonly problem: string;
  readonly schema: { readonly version: number; readonly newest: number };
  /** Rows by table. */
  readonly tables: Readonly<Record<string, number>>;
  readonly cameras: readonly StoredCameraFacts[];
  /** The key, and every secret that could be opened with it: for the cleaning of texts. */
  readonly secrets: readonly Secret[];
  /** Whose secrets were sealed with another key. */
  readonly lost: readonly string[];
  /** Epoch milliseconds of the newest event; undefined where there is none. */
  readonly newestAt: number | undefined;
}

const newest = migrations.at(-1)?.version ?? 0;
const nothing = { tables: {}, cameras: [], secrets: [], lost: [], newestAt: undefined };

/**
 * Reads the database of a data folder, also while a server uses it. Neither changes nor makes anything; never throws.
 *
 * @param key of the environment; that of the data folder where absent
 */
export function readStoredFacts(dataDir: string, key: Secret | undefined): StoredFacts {
  const path = join(dataDir, 'maskwatch.db');
  const bare = { ...nothing, schema: { version: 0, newest } };
  let file: SqliteFile | undefined;
  try {
    // The driver would say no more than that it cannot open the file.
    accessSync(path, constants.R_OK);
    file = readSqliteFile(path);
    const damage = file.quickCheck();
    if (damage !== undefined) return { ...bare, state: 'damaged', problem: damage };
    return { ...factsOf(file, key ?? keyOf(dataDir)), state: 'sound', problem: '' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { ...bare, state: 'none', problem: '' };
    return { ...bare, state: isDamage(error) ? 'damaged' : 'unreadable', problem: reasonOf(error) };
  } finally {
    file?.close();
  }
}

function factsOf(file: SqliteFile, key: Secret | undefined): Omit<StoredFacts, 'state' | 'problem'> {
  const vault = key === undefined ? undefined : createVault(key);
  const secrets: Secret[] = key === undefined ? [] : [key];
  const lost: string[] = [];
  const open = (sealed: unknown, purpose: string): Secret | undefined => {
    if (typeof sealed !== 'string') return undefined;
    const text = vault?.open(sealed, purpose);
    if (text === undefined) {
      lost.push(purpose);
      return undefined;
    }
    const secret = new Secret(text);
    secrets.push(secret);
    return secret;
  };
  const names = rows(
    file,
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  const tables = Object.fromEntries(
    names.map(({ name }) => {
      const quoted = String(name).replaceAll('"', '""');
      return [String(name), Number(rows(file, `SELECT count(*) AS n FROM "${quoted}"`)[0]?.n)] as const;
    }),
  );
  const all = (table: string): Row[] => (table in tables ? rows(file, `SELECT * FROM ${table}`) : []);
  const cameras = all('cameras').map(
    ({ id, url, access, transport, certificate, enabled }): StoredCameraFacts => {
      const opened = open(access, `camera ${String(id)}`);
      return {
        id: String(id),
        url: String(url),
        ...(opened === undefined ? {} : { access: opened }),
        transport: transport === 'udp' ? 'udp' : 'tcp',
        ...(typeof certificate === 'string' ? { certificate } : {}),
        enabled: enabled === 1,
      };
    },
  );
  for (const { sink_id, secret } of all('sinks')) open(secret, `sink ${String(sink_id)}`);
  const at = 'events' in tables ? rows(file, 'SELECT max(at) AS at FROM events')[0]?.at : undefined;
  return {
    schema: { version: file.userVersion(), newest },
    ...{ tables, cameras, secrets, lost },
    newestAt: typeof at === 'number' ? at : undefined,
  };
}

type Row = Readonly<Record<string, unknown>>;

function rows(file: SqliteFile, sql: string): Row[] {
  return file.all(sql, []) as Row[];
}

/** The key of the data folder, which is not made where there is none. */
function keyOf(dataDir: string): Secret | undefined {
  try {
    return new Secret(readFileSync(join(dataDir, keyFileName), 'utf8').trim());
  } catch {
    // None yet, or not ours to read: then what is sealed stays sealed, and the finding says so.
    return undefined;
  }
}
