import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The end of a log is what tells; a long one would only be hard to send. */
const mostBytes = 2 ** 20;
const mostLines = 5000;
const unit = 'maskwatch.service';

/**
 * The end of the server's log: of a file, or of what systemd keeps of our unit.
 *
 * @returns undefined where nobody keeps one
 * @throws the error of the file system for a file that is named and cannot be read
 */
export async function readLog(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? ofUnit() : endOf(file);
}

async function endOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - mostBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, mostBytes)), 0, null, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    // The first line is cut in two where the beginning is left out.
    return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

async function ofUnit(): Promise<string | undefined> {
  try {
    const args = ['--unit', unit, '--lines', String(mostLines), '--output', 'cat', '--no-pager', '--quiet'];
    const { stdout } = await run('journalctl', args, { timeout: 10_000, maxBuffer: 64 * mostBytes });
    return stdout === '' ? undefined : stdout.slice(-mostBytes);
  } catch {
    // No systemd here, or no such unit, or not for this user.
    return undefined;
  }
}
