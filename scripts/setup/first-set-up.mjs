import { existsSync } from 'node:fs';
import { inRoot, packaged } from './paths.mjs';

/** Commands that do without addons and weights. */
const light = new Set(['help', 'completion', 'config', 'init', 'doctor']);

/**
 * Whether an installed package must set itself up before a command: once, and not for help.
 *
 * @param {string[]} parameters of the command line
 */
export function needsFirstSetUp(parameters) {
  const [command] = parameters;
  if (!packaged || existsSync(inRoot('dist', 'setup.json'))) return false;
  const asksForHelp = parameters.some((word) => ['-h', '--help', '-V', '--version'].includes(word));
  return command !== undefined && !asksForHelp && !light.has(command);
}
