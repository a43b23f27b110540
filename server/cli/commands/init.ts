import { existsSync, writeFileSync } from 'node:fs';
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
    .addHelpText('after', '\nExamples:\n  maskwatch init\n  maskwatch init /etc/maskwatch.yaml\n')
    .action((file: string, { schema }: { readonly schema: string }) => {
      const path = resolve(file);
      if (existsSync(path)) {
        process.stderr.write(`${path} exists already.\n`);
        process.exitCode = exitCodes.failure;
        return;
      }
      // Addresses of cameras carry passwords: nobody else reads it.
      const text = `# yaml-language-server: $schema=${schema}\n${exampleConfig()}`;
      writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
      process.stdout.write(`${path}\n`);
      process.stderr.write('Now: maskwatch serve\n');
    });
}
