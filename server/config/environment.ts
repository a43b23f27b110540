import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../streams/secret/secret.js';
import { ConfigError } from './config-error.js';

const prefix = 'MASKWATCH_';

/** What the product takes from its environment; nothing else reads `process.env`. */
export interface Environment {
  /** `MASKWATCH_CONFIG`: path of the configuration file. */
  readonly configFile: string | undefined;
  /** `MASKWATCH_ENGINE=wasm` keeps TensorFlow's native library out. */
  readonly forceWasm: boolean;
  /** Folder for what can be made again: `XDG_CACHE_HOME` or `~/.cache`, with `maskwatch` below it. */
  readonly cacheDir: string;
  /** Configuration keys: `MASKWATCH_SERVER_PORT` → path `['SERVER', 'PORT']`; `…_FILE` values are read from that file. */
  readonly settings: readonly {
    readonly variable: string;
    readonly path: readonly string[];
    readonly value: string;
  }[];
  /** What the file of `MASKWATCH_ADMIN_PASSWORD_FILE` holds: the password of the first account, where there is none yet. */
  readonly adminPassword: string | undefined;
  /** What the file of `MASKWATCH_TOKEN_FILE` holds, or `MASKWATCH_TOKEN`: the API token that commands send to a server. */
  readonly token: string | undefined;
  /**
   * The key that seals stored passwords: `MASKWATCH_SECRET_KEY`, the file of `MASKWATCH_SECRET_KEY_FILE`, or the service
   * manager's credential `maskwatch-secret-key`.
   */
  readonly secretKey: Secret | undefined;
  /** The whole environment, for child processes; who starts one hands on only what it needs. */
  readonly forChildren: Readonly<Record<string, string | undefined>>;
  /** True when colours and moving progress are unwanted (`NO_COLOR`, `CI`). */
  readonly plain: boolean;
}

const ownNames = new Set([
  'CONFIG',
  'ENGINE',
  'ADMIN_PASSWORD_FILE',
  'TOKEN',
  'TOKEN_FILE',
  'SECRET_KEY',
  'SECRET_KEY_FILE',
]);

/**
 * Reads the environment once.
 *
 * @throws ConfigError when a `…_FILE` variable names a file that cannot be read
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  const settings = [];
  for (const [variable, raw] of Object.entries(env)) {
    if (!variable.startsWith(prefix) || raw === undefined) continue;
    const name = variable.slice(prefix.length);
    if (ownNames.has(name)) continue;
    const fromFile = name.endsWith('_FILE');
    const path = (fromFile ? name.slice(0, -'_FILE'.length) : name).split('_');
    settings.push({ variable, path, value: fromFile ? readSecret(variable, raw) : raw });
  }
  return {
    configFile: env.MASKWATCH_CONFIG,
    forceWasm: env.MASKWATCH_ENGINE === 'wasm',
    cacheDir: `${env.XDG_CACHE_HOME ?? `${env.HOME ?? '.'}/.cache`}/maskwatch`,
    settings,
    adminPassword:
      env.MASKWATCH_ADMIN_PASSWORD_FILE === undefined
        ? undefined
        : readSecret('MASKWATCH_ADMIN_PASSWORD_FILE', env.MASKWATCH_ADMIN_PASSWORD_FILE),
    token:
      env.MASKWATCH_TOKEN_FILE === undefined
        ? env.MASKWATCH_TOKEN
        : readSecret('MASKWATCH_TOKEN_FILE', env.MASKWATCH_TOKEN_FILE),
    secretKey: readSecretKey(env),
    forChildren: withoutSecrets(env),
    // An empty NO_COLOR does not count (no-color.org).
    plain: (env.NO_COLOR ?? '') !== '' || env.CI !== undefined,
  };
}

function readSecretKey(env: NodeJS.ProcessEnv): Secret | undefined {
  const { MASKWATCH_SECRET_KEY: key, MASKWATCH_SECRET_KEY_FILE: named, CREDENTIALS_DIRECTORY: folder } = env;
  if (key !== undefined) return new Secret(key);
  if (named !== undefined) return new Secret(readSecret('MASKWATCH_SECRET_KEY_FILE', named));
  const credential = folder === undefined ? '' : join(folder, 'maskwatch-secret-key');
  return existsSync(credential) ? new Secret(readSecret('CREDENTIALS_DIRECTORY', credential)) : undefined;
}

/** Our own variables are for this process: among them are keys and passwords. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith(prefix) && name !== 'CREDENTIALS_DIRECTORY'),
  );
}

function readSecret(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new ConfigError([
      { where: variable, key: variable, rule: `the file it names cannot be read (${code})` },
    ]);
  }
}
