import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { exampleConfig } from '../../config/config-text.js';
import { exitCodes } from '../exit-codes.js';

/** `maskwatch init`: writes a configuration with every key explained. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a commented configuration with every default')
    .argument('[file]', 'where to', 'config.yaml')
    .option('--schema <url>', 'JSON Schema for editors', 'http://localhost:8080/api/config/schema.json')
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExamples:\n  maskwatch init\n  maskwatch init /etc/maskwatch.yaml\n')
    .action((file: string, flags: InitFlags) => {
      process.exitCode = init(resolve(file), flags);
    });
}

interface InitFlags {
  readonly schema: string;
  readonly json: boolean;
}

function init(path: string, { schema, json }: InitFlags): number {
  const text = `# yaml-language-server: $schema=${schema}\n${exampleConfig()}`;
  try {
    // Addresses of cameras carry passwords: nobody else reads it. What is there already stays.
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    process.stderr.write(
      code === 'EEXIST' ? `${path} exists already.\n` : `${path} cannot be written (${code}).\n`,
    );
    return exitCodes.failure;
  }
  process.stdout.write(json ? `${JSON.stringify({ file: path })}\n` : `${path}\n`);
  process.stderr.write('Now: maskwatch serve\n');
  return exitCodes.ok;
}
