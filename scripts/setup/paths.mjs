import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is kept between clones and runs: wheels, built addons, the demo clip. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'maskwatch');

/** A path inside the project. */
export function inRoot(...parts) {
  return join(root, ...parts);
}

/** A path inside the cache. */
export function inCache(...parts) {
  return join(cache, ...parts);
}
