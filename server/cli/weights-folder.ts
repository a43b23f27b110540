import { join, resolve } from 'node:path';
import { WeightsError } from '../../models/classify/weights-error.js';
import { packageRoot } from '../package-root.js';
import { exitCodes } from './exit-codes.js';

/** The weights that a user names: a folder of `models/weights`, or with a slash the path of any folder. */
export function weightsFolder(name: string): string {
  return name.includes('/') ? resolve(name) : join(packageRoot(), 'models', 'weights', name);
}

/**
 * Tells what is wrong with a weights folder.
 *
 * @returns the exit code: wrong usage where it is missing, damaged data otherwise
 * @throws the error itself where it is of another kind
 */
export function weightsFailure(error: unknown, note: (text: string) => void): number {
  if (!(error instanceof WeightsError)) throw error;
  note(error.message);
  return error.code === 'missing' ? exitCodes.usage : exitCodes.damagedData;
}
