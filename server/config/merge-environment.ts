import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { configSchema, shapeOf } from './schema.js';

/** Plain data on its way to becoming a `Config`. */
export type RawConfig = Record<string, unknown>;

/**
 * Lays the environment's settings over a raw configuration. `MASKWATCH_SERVER_PORT=9000` sets `server.port`;
 * `MASKWATCH_CAMERAS_0_URL` sets the address of the first camera;
 * numbers, booleans and lists are written as in YAML's flow style, everything else is text.
 *
 * @returns a new object; the source of each overlaid key goes into `sources` under its dotted key
 * @throws ConfigError when a variable names no key of the configuration
 */
export function mergeEnvironment(
  raw: RawConfig,
  settings: Environment['settings'],
  sources: Map<string, string>,
): RawConfig {
  const merged = structuredClone(raw);
  for (const { variable, path, value } of settings) {
    const keys = resolve(path);
    if (keys === undefined) {
      throw new ConfigError([{ where: variable, key: variable, rule: 'names no key of the configuration' }]);
    }
    sources.set(keys.join('.'), variable);
    assign(merged, keys, parseScalar(value));
  }
  return merged;
}

/** Finds the camelCase keys behind upper-case words: `['SERVER', 'ALLOWEDHOSTS']` → `['server', 'allowedHosts']`. */
function resolve(words: readonly string[]): string[] | undefined {
  const top = matchKey(configSchema.shape, words);
  if (top === undefined) return undefined;
  // An entry of a list: CAMERAS_0_URL.
  const index = words[top.used] ?? '';
  if (/^\d{1,3}$/.test(index) && words.length > top.used + 1) {
    const field = matchKey(shapeOf([top.key, 0]) ?? {}, words.slice(top.used + 1));
    return field !== undefined && top.used + 1 + field.used === words.length
      ? [top.key, index, field.key]
      : undefined;
  }
  return keysBelow([top.key], words.slice(top.used));
}

/** Goes down from section to section as long as there are words. */
function keysBelow(keys: readonly string[], words: readonly string[]): string[] | undefined {
  const shape = shapeOf(keys);
  // A section is set by its parts.
  if (words.length === 0) return shape === undefined ? [...keys] : undefined;
  const next = shape === undefined ? undefined : matchKey(shape, words);
  return next === undefined ? undefined : keysBelow([...keys, next.key], words.slice(next.used));
}

/** The key whose letters equal the first words joined: `DATA`, `DIR` and `DATADIR` both mean `dataDir`. */
function matchKey(shape: object, words: readonly string[]): { key: string; used: number } | undefined {
  for (const key of Object.keys(shape)) {
    for (let used = 1; used <= words.length; used++) {
      if (words.slice(0, used).join('').toLowerCase() === key.toLowerCase()) return { key, used };
    }
  }
  return undefined;
}

function assign(target: RawConfig, keys: readonly string[], value: unknown): void {
  const [key, ...rest] = keys;
  if (key === undefined) return;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const child = target[key];
  const isList = /^\d+$/.test(rest[0] ?? '');
  const section: RawConfig =
    typeof child === 'object' && child !== null ? (child as RawConfig) : ((isList ? [] : {}) as RawConfig);
  target[key] = section;
  assign(section, rest, value);
}

function parseScalar(text: string): unknown {
  if (/^(true|false|null|-?\d+(\.\d+)?|\[.*\])$/.test(text.trim())) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // Not JSON after all (a list without quotes): the schema's message about the text is the better one.
      return text;
    }
  }
  return text;
}
