import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Programs that are started through a guard script. */
export type GuardedProgram = 'ffmpeg' | 'ffprobe';

/** A damaged stream may announce a picture of gigabytes: the limit kills ffmpeg before it starves the machine. */
const addressSpaceKiB = 4 * 1024 * 1024;

/**
 * The script that stands in front of ffmpeg: no core file, an own session (so that the whole process group can be
 * killed), death with the parent (even by `kill -9`), no new privileges, and an environment without our secrets.
 */
export function guardScript(program: GuardedProgram): string {
  return `#!/bin/sh
ulimit -c 0
ulimit -v ${addressSpaceKiB} 2>/dev/null
if command -v setsid >/dev/null && command -v setpriv >/dev/null; then
  exec env -i PATH="$PATH" HOME="\${HOME:-/}" LC_ALL=C \\
    \${LD_LIBRARY_PATH:+LD_LIBRARY_PATH="$LD_LIBRARY_PATH"} \\
    \${http_proxy:+http_proxy="$http_proxy"} \${no_proxy:+no_proxy="$no_proxy"} \\
    setsid setpriv --pdeathsig KILL --no-new-privs -- ${program} "$@"
fi
exec ${program} "$@"
`;
}

/** Where guard scripts may lie, best first: below the home folder, else below the folder for temporary files. */
export function guardFolders(): string[] {
  return [join(homedir(), '.cache', 'maskwatch', 'bin'), join(tmpdir(), `maskwatch-${userInfo().uid}`)];
}

/**
 * Makes sure that the guard script of a program exists in the first folder that is safe and writable. Cheap when it
 * is there already.
 *
 * @returns its path
 * @throws Error when no folder will do
 */
export function ensureGuardScript(
  program: GuardedProgram,
  folders: readonly string[] = guardFolders(),
): string {
  const script = guardScript(program);
  const problems: string[] = [];
  for (const folder of folders) {
    try {
      return writeScript(folder, `guarded-${program}`, script);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`no folder for the guard script of ${program}: ${problems.join('; ')}`);
}

function writeScript(folder: string, name: string, script: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  // Whoever can write here could have any program run in our name.
  if (uid !== userInfo().uid || (mode & 0o022) !== 0) throw new Error(`${folder} can be written by others`);
  const path = join(folder, name);
  if (readIfThere(path) === script) return path;
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(unfinished, script, { mode: 0o700, flag: 'wx' });
  chmodSync(unfinished, 0o700);
  renameSync(unfinished, path);
  return path;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not readable: it is written anew.
    return undefined;
  }
}

/**
 * Looks for the helpers of the guard script.
 *
 * @returns what is missing and what that means, for the log; `undefined` when all is there
 */
export function guardWarning(): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', 'command -v setpriv && command -v setsid'], (error) => {
      resolve(
        error === null
          ? undefined
          : 'setpriv or setsid (Debian package util-linux) is missing: ffmpeg may outlive a killed server',
      );
    });
  });
}
