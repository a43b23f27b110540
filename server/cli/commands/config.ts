import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { ConfigError } from '../../config/config-error.js';
import { configJsonSchema } from '../../config/config-keys.js';
import { configReference, exampleConfig } from '../../config/config-text.js';
import { loadConfig } from '../../config/load-config.js';
import { configPlace } from '../config-place.js';
import { exitCodes } from '../exit-codes.js';

/** `maskwatch config`: checks the configuration and prints what is known about it. */
export function configCommand(): Command {
  const command = new Command('config')
    .description('check the configuration; print its schema, example or reference')
    .exitOverride();
  command
    .command('check')
    .description('say what is wrong with the configuration, by line and key')
    .option('--config <file>', 'configuration (default: config.yaml where there is one)')
    .option('--json', 'print one JSON document', false)
    .addHelpText(
      'after',
      '\nExamples:\n  maskwatch config check\n  maskwatch config check --config /etc/maskwatch.yaml --json\n',
    )
    .action(check);
  const printer = (name: string, about: string, text: () => string): void => {
    command
      .command(name)
      .description(about)
      .action(() => {
        process.stdout.write(text());
      });
  };
  printer(
    'schema',
    'print the JSON Schema, for editors',
    () => `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
  );
  printer('example', 'print the commented configuration with every default', exampleConfig);
  printer('reference', 'print the reference of all keys as Markdown', configReference);
  return command;
}

async function check({ config, json }: { readonly config?: string; readonly json: boolean }): Promise<void> {
  try {
    const place = configPlace(config);
    await loadConfig(place);
    const found = existsSync(place.file) ? place.file : 'no file, defaults only';
    process.stdout.write(
      json ? `${JSON.stringify({ ok: true, file: place.file, problems: [] })}\n` : `${found}: fine\n`,
    );
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (json) process.stdout.write(`${JSON.stringify({ ok: false, problems: error.problems })}\n`);
    else process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodes.usage;
  }
}
