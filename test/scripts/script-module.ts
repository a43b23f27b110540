import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { packageRoot } from '../../server/package-root.js';

/**
 * Loads one of the plain-node modules below `scripts/`, which have no types of their own.
 *
 * @param path relative to `scripts/`
 * @returns the module, with the exports that the caller names by the type parameter
 */
export async function scriptModule<Exports>(path: string): Promise<Exports> {
  return (await import(pathToFileURL(join(packageRoot(), 'scripts', path)).href)) as Exports;
}
