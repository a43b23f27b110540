import { credentialsKept } from '../../streams/camera/camera-address.js';
import { keepAccess } from '../../streams/secret/keep-access.js';
import { splitAddress } from '../../streams/secret/split-address.js';
import { secretsOf } from '../../streams/ffmpeg/redact.js';
import { ConfigError } from './config-error.js';
import { valueAt } from './config-keys.js';

const secretName = /(?:credential|password|secret|token)$/i;

/** The configuration fit to be shown: `***` for secrets, and in addresses for user and password. */
export function withoutSecrets(value: unknown): unknown {
  return mapTexts(value, (text, name) => {
    if (secretName.test(name)) return credentialsKept;
    const { url, access } = splitAddress(text);
    return access === undefined ? text : url.replace('://', `://${credentialsKept}@`);
  });
}

/** Every secret of a configuration, in all spellings, for `KnownSecrets`. */
export function secretsIn(value: unknown): string[] {
  const found: string[] = [];
  mapTexts(value, (text, name) => {
    if (secretName.test(name)) found.push(text);
    found.push(...secretsOf(text));
    return text;
  });
  return found;
}

/**
 * Puts the known secrets back where a change says `***`. Entries of lists are told apart by `id`, else by their place.
 *
 * @throws ConfigError where there is nothing to put back, or an address names another server
 */
export function withKnownSecrets(
  change: unknown,
  known: unknown,
  path: readonly PropertyKey[] = [],
): unknown {
  if (Array.isArray(change)) {
    return change.map((entry: unknown, index) =>
      withKnownSecrets(entry, counterpart(entry, known, index), [...path, index]),
    );
  }
  if (typeof change === 'object' && change !== null) {
    return Object.fromEntries(
      Object.entries(change).map(([key, entry]) => [
        key,
        withKnownSecrets(entry, valueAt(known, [key]), [...path, key]),
      ]),
    );
  }
  if (typeof change !== 'string') return change;
  if (change === credentialsKept && secretName.test(String(path.at(-1)))) {
    return typeof known === 'string' ? known : refuse(path, 'there is no value to keep for ***');
  }
  if (!URL.canParse(change) || new URL(change).username !== credentialsKept) return change;
  const kept = typeof known === 'string' ? keepAccess(change, splitAddress(known)) : undefined;
  return kept?.access?.reveal() ?? refuse(path, 'names another server: user and password must be given anew');
}

function counterpart(entry: unknown, known: unknown, index: number): unknown {
  if (!Array.isArray(known)) return undefined;
  const id = valueAt(entry, ['id']);
  return id === undefined ? known[index] : known.find((other) => valueAt(other, ['id']) === id);
}

function refuse(path: readonly PropertyKey[], rule: string): never {
  throw new ConfigError([{ where: 'change', key: path.join('.'), rule }]);
}

function mapTexts(value: unknown, change: (text: string, name: string) => string, name = ''): unknown {
  if (typeof value === 'string') return change(value, name);
  if (Array.isArray(value)) return value.map((entry: unknown) => mapTexts(entry, change, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, change, key)]));
}
