import { existsSync } from 'node:fs';
import { ConfigError } from '../../config/config-error.js';
import { type ConfigReading, type ConfigSources, readConfig } from '../../config/load-config.js';
import { configSchema } from '../../config/schema.js';
import { type Finding, fine, reasonOf } from './finding.js';

/** The configuration, or its defaults where it is not valid. */
export async function readCheckedConfig(
  sources: ConfigSources,
): Promise<ConfigReading & { readonly finding: Finding }> {
  const name = 'configuration';
  const { file } = sources;
  try {
    const reading = await readConfig(sources);
    return { ...reading, finding: fine(name, existsSync(file) ? file : 'defaults, there is no file') };
  } catch (error) {
    const more = error instanceof ConfigError ? error.problems.length - 1 : 0;
    const finding: Finding = {
      name,
      state: 'failed',
      detail: `${reasonOf(error)}${more > 0 ? `, and ${more} more` : ''}`,
      remedy: `correct ${file}, or the variables that begin with MASKWATCH_; all of it: maskwatch config check`,
      trouble: 'configuration',
    };
    return { config: configSchema.parse({}), origins: new Map(), finding };
  }
}
