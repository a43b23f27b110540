import { WeightsError } from '../../../models/classify/weights-error.js';
import { ClassifierError } from '../../classifiers/classifier-error.js';
import { ConfigError } from '../../config/config-error.js';
import { DamagedDatabaseError, NewerDatabaseError } from '../../storage/storage-errors.js';
import { exitCodes } from '../exit-codes.js';
import { UnfitFlagError } from '../train/unfit-flag-error.js';
import { ServerRefusal } from '../server-refusal.js';

const codes: Readonly<Record<string, number>> = {
  'model-not-found': exitCodes.usage,
  'model-refused': exitCodes.damagedData,
  unreachable: exitCodes.taken,
};

/**
 * Does work with models; what a person can do something about becomes a line on stderr and an exit code.
 *
 * @returns the exit code
 * @throws whatever else goes wrong
 */
export async function refusalsToCodes(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return code;
  }
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError || error instanceof UnfitFlagError) return exitCodes.usage;
  if (
    error instanceof DamagedDatabaseError ||
    error instanceof NewerDatabaseError ||
    error instanceof WeightsError
  ) {
    return exitCodes.damagedData;
  }
  if (error instanceof ClassifierError || error instanceof ServerRefusal) {
    return codes[error.code] ?? exitCodes.failure;
  }
  return undefined;
}
