import { Command, CommanderError } from 'commander';
import { redact } from '../../streams/ffmpeg/redact.js';
import { packageVersion } from '../package-root.js';
import { commandTable } from './command-table.js';
import { withExamples } from './examples.js';
import { exitCodes } from './exit-codes.js';
import { fileTrouble } from './file-trouble.js';

/**
 * Runs one command line to its end; how it went is `process.exitCode`.
 *
 * @param argv what was typed after `maskwatch`
 * @throws what no command expected: a bug, or a machine out of order
 */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  try {
    const program = new Command('maskwatch')
      .description('Real-time face mask analytics for RTSP cameras and browser webcams.')
      .version(packageVersion())
      .exitOverride();
    const asked = commandTable[argv[0] ?? ''];
    const factories = asked === undefined ? Object.values(commandTable) : [asked];
    for (const factory of factories) {
      const command = withExamples(await factory()).exitOverride();
      // What was typed is said again when it is wrong; in a service that goes to a journal.
      program.addCommand(command.configureOutput({ outputError: (text, write) => write(redact(text)) }));
    }
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    const trouble = fileTrouble(error);
    if (trouble !== undefined) {
      process.stderr.write(`${trouble}\n`);
      process.exitCode = exitCodes.failure;
      return;
    }
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what is wrong; only its exit code is not ours.
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}
