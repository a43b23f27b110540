import { SetupError, say } from './report.mjs';
import { setUp } from './set-up.mjs';

/** The exit code for a missing dependency. */
const missingDependency = 4;

/**
 * Sets up, or ends the process with one explanation of what is missing.
 *
 * @param {{ tests?: boolean }} options
 */
export async function runSetUp(options) {
  try {
    await setUp(options);
  } catch (error) {
    say('fail', error instanceof SetupError || error.name === 'CommandError' ? error.message : error.stack);
    process.exit(missingDependency);
  }
}
