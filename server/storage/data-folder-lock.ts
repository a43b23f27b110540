import { join } from 'node:path';
import { createPrivateFile } from './private-file.js';
import { isBusy, openSqliteFile } from './sqlite-file.js';
import { DataFolderTakenError } from './storage-errors.js';

/**
 * Takes a data folder for this process alone. The lock is the kernel's lock on a file, so it ends with the process
 * however that dies; a leftover file locks nothing.
 *
 * @returns the function that gives the folder back
 * @throws DataFolderTakenError when another process (or another owner in this one) has it
 */
export function lockDataFolder(folder: string): () => void {
  const path = join(folder, 'maskwatch.lock');
  createPrivateFile(path);
  const file = openSqliteFile(path);
  try {
    file.lockExclusively();
  } catch (error) {
    file.close();
    throw isBusy(error) ? new DataFolderTakenError(folder) : error;
  }
  return () => file.close();
}
