import { existsSync } from 'node:fs';
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

/** True in an installed package: it comes built, and without sources. */
export const packaged = !existsSync(inRoot('tsconfig.build.json'));

/**
 * The folder of an installed dependency: npm may put it beside this package instead of inside it.
 *
 * @param {string} name for example "better-sqlite3"
 */
export function inDependency(name, ...parts) {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(found)) return join(found, ...parts);
    // Nowhere: whoever looks for a file in it finds that it is missing.
    if (folder === dirname(folder)) return inRoot('node_modules', name, ...parts);
  }
}

/** A path inside the cache. */
export function inCache(...parts) {
  return join(cache, ...parts);
}
