import { resolve } from 'node:path';
import { readEnvironment } from '../config/environment.js';
import type { ConfigSources } from '../config/load-config.js';

/** The configuration that a flag, the environment or the custom names. */
export function configPlace(flag: string | undefined): ConfigSources {
  const environment = readEnvironment();
  const named = flag ?? environment.configFile;
  return { file: resolve(named ?? 'config.yaml'), required: named !== undefined, environment };
}
