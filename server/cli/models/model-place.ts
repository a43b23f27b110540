import { resolve } from 'node:path';
import { productLibrary } from '../../classifiers/product-library.js';
import { readEnvironment } from '../../config/environment.js';
import { loadConfig } from '../../config/load-config.js';
import { packageRoot } from '../../package-root.js';
import type { ControlPlace } from './model-control.js';

/** Flags that say which data folder and which server are meant. */
export interface PlaceFlags {
  readonly config?: string;
  /** Data folder. */
  readonly data?: string;
  readonly server?: string;
}

/**
 * The place that flags, environment and configuration name.
 *
 * @throws ConfigError
 */
export async function modelPlace(flags: PlaceFlags): Promise<ControlPlace> {
  const environment = readEnvironment();
  const named = flags.config ?? environment.configFile;
  const config = await loadConfig({
    file: named ?? 'config.yaml',
    required: named !== undefined,
    environment,
  });
  const dataDir = resolve(flags.data ?? config.dataDir);
  return {
    dataDir,
    configured: config.analysis.classifier,
    library: productLibrary(packageRoot(), dataDir),
    server: flags.server,
    token: environment.token,
  };
}
