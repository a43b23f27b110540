#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../package-root.js';
import { commandTable } from './command-table.js';
import { withExamples } from './examples.js';
import { exitCodes } from './exit-codes.js';

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('maskwatch')
    .description('Real-time face mask analytics for RTSP cameras and browser webcams.')
    .version(packageVersion())
    .exitOverride();
  const asked = commandTable[argv[0] ?? ''];
  const factories = asked === undefined ? Object.values(commandTable) : [asked];
  for (const factory of factories) program.addCommand(withExamples(await factory()).exitOverride());
  await program.parseAsync(argv, { from: 'user' });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; only its exit code is not ours.
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}
