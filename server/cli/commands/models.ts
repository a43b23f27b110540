import { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { type ModelControl, openModelControl } from '../models/model-control.js';
import { modelListText } from '../models/model-list-text.js';
import { modelPlace, type PlaceFlags } from '../models/model-place.js';
import { refusalsToCodes } from '../models/refusals.js';

interface ModelFlags extends PlaceFlags {
  readonly json: boolean;
}

/** `maskwatch models`: the mask classifiers that there are, and which one runs. */
export function modelsCommand(): Command {
  const models = new Command('models')
    .description(
      'list, install and choose mask classifiers; a running server changes over without losing a frame',
    )
    // Before the subcommands are made, so that they inherit it.
    .exitOverride();
  placed(models.command('list', { isDefault: true }))
    .description('the models with their figures on held-out faces; a star marks the one that runs')
    .action((flags: ModelFlags) =>
      report(() => withControl(flags, false, (control) => control.list()), flags),
    );
  placed(models.command('install <dir>'))
    .description('copy a weights folder to the data folder, checked by its checksums')
    .action((dir: string, flags: ModelFlags) => finish(() => install(dir, flags)));
  placed(models.command('use <name>'))
    .description('let a model run from now on')
    .action((name: string, flags: ModelFlags) =>
      report(() => withControl(flags, true, (control) => control.use(name)), flags),
    );
  placed(models.command('rollback'))
    .description('go back to the model that ran before')
    .action((flags: ModelFlags) =>
      report(() => withControl(flags, true, (control) => control.rollBack()), flags),
    );
  return models;
}

function placed(command: Command): Command {
  return command
    .option('--config <file>', 'configuration (default: config.yaml where there is one)')
    .option('--data <dir>', 'data folder (default: that of the configuration)')
    .option('--server <url>', 'where a server that uses the data folder is asked')
    .option('--json', 'print JSON', false);
}

async function install(dir: string, flags: ModelFlags): Promise<void> {
  const { library } = await modelPlace(flags);
  const { name, already } = await library.install(dir);
  if (flags.json) process.stdout.write(`${JSON.stringify({ name, already })}\n`);
  else process.stdout.write(`${name} ${already ? 'was there already' : 'is installed'}\n`);
  process.stderr.write(`To let it run: maskwatch models use ${name}\n`);
}

async function withControl<T>(
  flags: ModelFlags,
  change: boolean,
  work: (control: ModelControl) => Promise<T>,
): Promise<T> {
  const control = await openModelControl(await modelPlace(flags), change);
  try {
    const done = await work(control);
    if (change) {
      const where = control.server === undefined ? 'at the next start of the server' : `on ${control.server}`;
      process.stderr.write(`In effect ${where}.\n`);
    }
    return done;
  } finally {
    control.close();
  }
}

async function report(
  work: () => Promise<Awaited<ReturnType<ModelControl['list']>>>,
  { json }: ModelFlags,
): Promise<void> {
  await finish(async () => {
    const list = await work();
    process.stdout.write(json ? `${JSON.stringify(list)}\n` : modelListText(list));
  });
}

async function finish(work: () => Promise<void>): Promise<void> {
  process.exitCode = await refusalsToCodes(async () => {
    await work();
    return exitCodes.ok;
  });
}
