import { readFile } from 'node:fs/promises';
import type { ReadStream, WriteStream } from 'node:tty';

/** Where a password may come from. Never a flag: every user of the machine can read those. */
export interface PasswordSource {
  /** A file that holds it; a line break at its end does not count. */
  readonly file?: string | undefined;
  readonly input: NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY' | 'setRawMode'>>;
  readonly output: Pick<WriteStream, 'write'>;
}

/** The two entries on a terminal were not the same, or there was nothing that could be read. */
export class NoPasswordError extends Error {
  override readonly name = 'NoPasswordError';
}

/**
 * Reads a password: from a file, else twice from a terminal without showing it, else the first line of standard input.
 *
 * @throws NoPasswordError
 */
export async function readPassword({ file, input, output }: PasswordSource): Promise<string> {
  const password =
    file !== undefined
      ? firstLine(await readSecretFile(file))
      : input.isTTY === true
        ? await askTwice(input, output)
        : firstLine(await allOf(input));
  if (password === '') throw new NoPasswordError('No password was given.');
  return password;
}

async function readSecretFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new NoPasswordError(`${file} cannot be read (${code}).`, { cause });
  }
}

async function askTwice(input: PasswordSource['input'], output: PasswordSource['output']): Promise<string> {
  const password = await askHidden(input, output, 'New password: ');
  const again = await askHidden(input, output, 'The same again: ');
  if (password !== again) throw new NoPasswordError('The two were not the same.');
  return password;
}

/** Reads a line key by key with the terminal's echo off. */
function askHidden(
  input: PasswordSource['input'],
  output: PasswordSource['output'],
  prompt: string,
): Promise<string> {
  output.write(prompt);
  input.setRawMode?.(true);
  input.setEncoding('utf8');
  input.resume();
  return new Promise((resolve, reject) => {
    let typed = '';
    const finish = (settle: () => void): void => {
      input.removeListener('data', take);
      input.setRawMode?.(false);
      input.pause();
      output.write('\n');
      settle();
    };
    const take = (keys: Buffer | string): void => {
      for (const key of keys.toString()) {
        if (key === '\r' || key === '\n') {
          finish(() => resolve(typed));
          return;
        }
        // Ctrl-C and Ctrl-D: with the echo off the terminal no longer acts on them by itself.
        if (key === '\u0003' || key === '\u0004') {
          finish(() => reject(new NoPasswordError('No password was given.')));
          return;
        }
        typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : typed + key;
      }
    };
    input.on('data', take);
  });
}

async function allOf(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  input.setEncoding('utf8');
  for await (const part of input) text += part.toString();
  return text;
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}
