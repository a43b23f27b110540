import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '../../server/cli/run-command-line.js';

/** How a command ended. */
export interface CommandResult {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command is started with. */
export interface CommandInput {
  /** All that comes on standard input. */
  readonly input?: string;
  /** More environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What `node` is given to run `maskwatch` from its sources, in whatever folder. */
export const cliArguments: readonly string[] = [
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('../../server/cli/main.ts', import.meta.url)),
];

/** Runs a command of `maskwatch` in a process of its own, as a user does, to its end. */
export function maskwatch(
  args: readonly string[],
  { input = '', env = {}, cwd = process.cwd() }: CommandInput = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [...cliArguments, ...args], { cwd, env: { ...process.env, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that ends without reading breaks the pipe; how it ended is what counts.
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * Runs a command of `maskwatch` in this very process, which takes milliseconds. Standard input, output and error are the
 * command's for that time, so nothing else may use them, nor may a second command run; it must not be one that waits for signals.
 */
export async function maskwatchHere(args: readonly string[], input = ''): Promise<CommandResult> {
  const said = { stdout: '', stderr: '' };
  const taking = (name: 'stdout' | 'stderr'): Writable =>
    new Writable({
      decodeStrings: false,
      write: (text: string | Buffer, _encoding, done) => {
        said[name] += text.toString();
        done();
      },
    });
  const giveBack = [
    replace('stdin', Readable.from([Buffer.from(input)])),
    replace('stdout', taking('stdout')),
    replace('stderr', taking('stderr')),
  ];
  const { exitCode } = process;
  process.exitCode = 0;
  try {
    await runCommandLine(args);
    return { code: process.exitCode, ...said };
  } finally {
    process.exitCode = exitCode;
    for (const back of giveBack) back();
  }
}

/** Puts another stream in place of one of this process's. @returns what undoes that */
function replace(name: 'stdin' | 'stdout' | 'stderr', stream: Readable | Writable): () => void {
  const before = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { configurable: true, value: stream });
  return () => void Object.defineProperty(process, name, before ?? {});
}
