import type { Command } from 'commander';
import { StudyError } from '../../../models/lab/study/study-file.js';
import type { Setting, Settings } from '../../../models/lab/study/study-file.js';

/** Options that a study sets itself. */
const ownOptions = new Set(['out', 'weights', 'name', 'resume', 'split', 'json', 'help']);

/**
 * The command line of a row.
 *
 * @param command whose options the settings are, `maskwatch train`
 * @throws StudyError for a setting that is no option of the command, or has the wrong kind of value
 */
export function trainArguments(command: Command, settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => optionArguments(command, name, value));
}

function optionArguments(command: Command, name: string, value: Setting): string[] {
  if (ownOptions.has(name)) throw new StudyError(`${name}: the study sets it itself`);
  const option = command.options.find(({ long }) => long === `--${name}`);
  if (option === undefined) {
    if (!command.options.some(({ long }) => long === `--no-${name}`)) {
      throw new StudyError(`${name}: maskwatch ${command.name()} has no such option`);
    }
    return truth(name, value) ? [] : [`--no-${name}`];
  }
  if (!option.required) return truth(name, value) ? [`--${name}`] : [];
  const values = Array.isArray(value) ? value : [value];
  return values.map((one) => {
    if (typeof one === 'boolean') throw new StudyError(`${name}: must have a value, not ${one}`);
    return `--${name}=${one}`;
  });
}

function truth(name: string, value: Setting): boolean {
  if (typeof value === 'boolean') return value;
  throw new StudyError(`${name}: must be true or false`);
}
