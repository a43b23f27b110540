import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.mjs';

/** A command that failed; `message` names it and ends with its last lines. */
export class CommandError extends Error {
  constructor(command, code, tail) {
    super(`${command} ended with ${code}${tail === '' ? '' : `:\n${tail}`}`);
    this.name = 'CommandError';
  }
}

/**
 * Runs a command to its end, quietly, and keeps its last words for the error.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string>, tailLines?: number }} options `env` is added to the present
 *   environment; `tailLines` is how much of the output a failure shows
 * @returns {Promise<string>} standard output
 * @throws {CommandError} when it cannot be started or ends with another code than 0
 */
export async function command(program, parameters, { cwd = root, env = {}, tailLines = 15 } = {}) {
  const shown = [program.split('/').at(-1), ...parameters.slice(0, 2)].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let tail = '';
    const keep = (text) => (tail = (tail + text).slice(-200 * tailLines));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      keep(text);
    });
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => reject(new CommandError(shown, error.message, '')));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(new CommandError(shown, signal ?? code, tail.trim().split('\n').slice(-tailLines).join('\n')));
    });
  });
}

/** The absolute path of a program on the PATH, or `undefined`. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder; the next one may have it.
    }
  }
  return undefined;
}
