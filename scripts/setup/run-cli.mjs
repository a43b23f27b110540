import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

/**
 * Runs the built command line in this process, as if `node dist/server/cli/main.js` had been called.
 *
 * @param {string[]} parameters
 */
export async function runCli(parameters) {
  const main = inRoot('dist/server/cli/main.js');
  if (!existsSync(main)) {
    console.error('Maskwatch is not built yet: run "npm run setup" first.');
    process.exit(4);
  }
  process.argv = [process.execPath, main, ...parameters];
  await import(pathToFileURL(main).href);
}
