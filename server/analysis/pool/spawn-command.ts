import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A program and its arguments. */
export interface SpawnCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** Names that an analysis process is given from the environment of the server; it has no use for anything else. */
const handedOn = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'LD_LIBRARY_PATH',
  'ONEDNN_VERBOSE',
] as const;

/** A process allocates on one thread at a time: more arenas of malloc would only hold memory back, 25 MB of it. */
const oneArena = { MALLOC_ARENA_MAX: '1' };

/**
 * Frames and tensors lie outside of JavaScript's heap. The usual room for young objects, of which there are few, would cost 57 MB, as
 * frames that nobody needs any more are let go only when it is full.
 */
const smallHeap = '--max-semi-space-size=1';

/** Where programs are looked for when the server was given no PATH. */
const standardPath = '/usr/local/bin:/usr/bin:/bin';

/** The environment of an analysis process: nothing secret, only what it takes to find programs, libraries and caches. */
export function childEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = { ...oneArena, PATH: standardPath };
  for (const name of handedOn) {
    const value = env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/**
 * The entry of an analysis process: `.ts` in the sources, `.js` in a build.
 *
 * @param from URL of a module in `server/analysis`
 */
export function processEntry(from: string): string {
  return fileURLToPath(new URL(`./process/main${extname(fileURLToPath(from))}`, from));
}

/**
 * How to start a Node process that dies with this one, even when this one is killed with SIGKILL: util-linux's `setpriv` asks
 * the kernel for that. Without it the closed channel still ends the process, only later when it is busy.
 *
 * @param entry path of the module to run; TypeScript is run through tsx
 * @param execArgv of this process; options for debuggers are left out, as their ports are taken
 */
export function spawnCommand(entry: string, execArgv: readonly string[], path: string): SpawnCommand {
  const options = execArgv.filter((option) => !/^--(inspect|debug)/.test(option));
  if (extname(entry) === '.ts' && !options.some((option) => option.includes('tsx'))) {
    options.push('--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href);
  }
  const node = [process.execPath, ...options, smallHeap, entry];
  const setpriv = path
    .split(delimiter)
    .map((folder) => join(folder, 'setpriv'))
    .find((file) => existsSync(file));
  const [program = process.execPath, ...args] =
    setpriv === undefined ? node : [setpriv, '--pdeathsig', 'KILL', '--', ...node];
  return { program, args };
}
