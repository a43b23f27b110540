import { resolve } from 'node:path';
import { Command } from 'commander';
import { BackupError, makeBackup, restoreBackup } from '../../backup/backup-file.js';
import { ConfigError } from '../../config/config-error.js';
import { loadConfig } from '../../config/load-config.js';
import { DataFolderTakenError } from '../../storage/storage-errors.js';
import { configPlace } from '../config-place.js';
import { exitCodes } from '../exit-codes.js';

interface BackupFlags {
  readonly config?: string;
  readonly data?: string;
  readonly json: boolean;
}

/** `maskwatch backup`: one file with everything, also while the server runs. */
export function backupCommand(): Command {
  return placed(new Command('backup').argument('<file>', 'where to; must not exist'))
    .description(
      'write database, configuration, key and installed models into one file, also while the server runs',
    )
    .addHelpText(
      'after',
      '\nWhoever has the file has the passwords of the cameras.\n\nExample:\n  maskwatch backup /backup/maskwatch.db\n',
    )
    .action((file: string, flags: BackupFlags) =>
      finish(async () => {
        const { dataDir, configFile } = await place(flags);
        const made = await makeBackup(dataDir, configFile, resolve(file));
        process.stdout.write(
          flags.json ? `${JSON.stringify({ file: resolve(file), ...made })}\n` : `${resolve(file)}\n`,
        );
        if (!made.key) process.stderr.write(keyElsewhere);
        for (const name of made.modelsLeftOut)
          process.stderr.write(
            `The model ${name} is too large for it: copy its folder in ${dataDir}/models.\n`,
          );
      }),
    );
}

/** `maskwatch restore`: the way back; the server must be stopped. */
export function restoreCommand(): Command {
  return placed(new Command('restore').argument('<file>', 'a backup'))
    .description('put a backup in place of the data folder; what was there is set aside')
    .addHelpText('after', '\nExample:\n  maskwatch restore /backup/maskwatch.db --data /var/lib/maskwatch\n')
    .action((file: string, flags: BackupFlags) =>
      finish(async () => {
        const { dataDir, configFile } = await place(flags);
        const restored = await restoreBackup(resolve(file), dataDir, configFile, Date.now());
        if (flags.json) process.stdout.write(`${JSON.stringify({ dataDir, ...restored })}\n`);
        else process.stdout.write(`${dataDir} is restored\n`);
        if (restored.before !== undefined)
          process.stderr.write(`The database before is ${restored.before}\n`);
        if (!restored.keyWritten) process.stderr.write(keyElsewhere);
        if (!restored.configWritten) process.stderr.write(`${configFile} was left as it is.\n`);
      }),
    );
}

/** The key may be a variable, a file named by one, or a credential of the service manager. */
const keyElsewhere =
  'The backup has no key of stored passwords. Where the environment gives it, keep it elsewhere, too.\n';

function placed(command: Command): Command {
  return command
    .option('--config <file>', 'configuration (default: config.yaml where there is one)')
    .option('--data <dir>', 'data folder (default: that of the configuration)')
    .option('--json', 'print one JSON document', false);
}

async function place({ config, data }: BackupFlags): Promise<{ dataDir: string; configFile: string }> {
  const sources = configPlace(config);
  // A restore may bring the configuration back, so it need not be there.
  const { dataDir } = await loadConfig({ ...sources, required: false });
  return { dataDir: resolve(data ?? dataDir), configFile: sources.file };
}

async function finish(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined) throw error;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = code;
  }
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError) return exitCodes.usage;
  if (error instanceof DataFolderTakenError) return exitCodes.taken;
  return error instanceof BackupError ? exitCodes.failure : undefined;
}
