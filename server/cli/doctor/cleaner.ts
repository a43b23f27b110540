import { redact, secretsOf } from '../../../streams/ffmpeg/redact.js';
import { secretsIn } from '../../config/config-secrets.js';
import type { Environment } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import { cleanData } from '../../secrets/clean-data.js';
import { KnownSecrets } from '../../secrets/known-secrets.js';
import type { StoredFacts } from './stored-facts.js';

/** Takes secrets out of what is written: those that this installation knows, and whatever looks like one. */
export interface Cleaner {
  text(text: string): string;
  /** Every text inside of plain data. */
  data(value: unknown): unknown;
}

/** Makes the cleaner of an installation. */
export function cleanerOf(
  config: Config,
  stored: Pick<StoredFacts, 'secrets'>,
  { adminPassword, token, secretKey }: Pick<Environment, 'adminPassword' | 'token' | 'secretKey'>,
): Cleaner {
  const secrets = new KnownSecrets();
  const given = [adminPassword, token, secretKey?.reveal()].filter((text) => text !== undefined);
  const sealed = stored.secrets.map((secret) => secret.reveal());
  secrets.remember('configuration', secretsIn(config));
  secrets.remember('given', [...given, ...sealed, ...sealed.flatMap(secretsOf)]);
  // A line of the log holds them as JSON writes them.
  const text = (dirty: string): string => secrets.inJson(secrets.inText(redact(dirty)));
  return { text, data: (value) => cleanData(value, text) };
}
