import { CommandError } from './command.mjs';
import { SetupError, say } from './report.mjs';
import { setUp } from './set-up.mjs';

/** The exit code for a missing dependency. */
export const missingDependency = 4;

/**
 * Sets up, and says in one explanation what is missing when that fails.
 *
 * @param {{ tests?: boolean }} options
 * @returns {Promise<boolean>} whether everything that is needed is there
 */
export async function trySetUp(options) {
  try {
    await setUp(options);
    return true;
  } catch (error) {
    const explained = error instanceof SetupError || error instanceof CommandError;
    say('fail', explained ? error.message : error.stack);
    return false;
  }
}

/**
 * Sets up, or ends the process.
 *
 * @param {{ tests?: boolean }} options
 */
export async function setUpOrExit(options) {
  if (!(await trySetUp(options))) process.exit(missingDependency);
}
