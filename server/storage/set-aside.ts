import { existsSync, renameSync } from 'node:fs';

/**
 * Renames a damaged database, its write-ahead log included, to `<path>.corrupt-<time>`; nothing is overwritten.
 *
 * @param atMs epoch milliseconds, for the name
 * @returns the new path of the database
 */
export function setAside(path: string, atMs: number): string {
  const stamp = new Date(atMs).toISOString().replaceAll(/[:.]/g, '-');
  let target = `${path}.corrupt-${stamp}`;
  for (let copy = 2; existsSync(target); copy++) target = `${path}.corrupt-${stamp}-${copy}`;
  renameSync(path, target);
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}
