/** What a user can do something about, by the code of the error. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'the user who runs this may not'],
  ['EPERM', 'the user who runs this may not'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota is used up'],
  ['ENOENT', 'the file or its folder does not exist'],
  ['ENOTDIR', 'a part of the path is no folder'],
  ['EISDIR', 'it is a folder'],
  ['SQLITE_CANTOPEN', 'the user who runs this may not, or its folder does not exist'],
  ['SQLITE_READONLY', 'the user who runs this may not write it'],
  ['SQLITE_READONLY_DIRECTORY', 'the user who runs this may not write its folder'],
  ['SQLITE_FULL', 'the disk is full'],
]);

/**
 * A file or a folder that cannot be used, in one line for people.
 *
 * @returns undefined for an error of another kind
 */
export function fileTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  const reason = reasons.get(code);
  if (reason === undefined) return undefined;
  if (code.startsWith('SQLITE_')) return `The database cannot be used: ${reason} (${code}).`;
  // A program that is missing is another matter than a file.
  const started = 'syscall' in error && String(error.syscall).startsWith('spawn');
  if (started || !('path' in error) || typeof error.path !== 'string') return undefined;
  return `${error.path} cannot be used: ${reason} (${code}).`;
}
