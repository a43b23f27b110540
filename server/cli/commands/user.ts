import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AccessError } from '../../access/access-error.js';
import { type Role, roles } from '../../access/caller.js';
import { ConfigError } from '../../config/config-error.js';
import { readEnvironment } from '../../config/environment.js';
import { loadConfig } from '../../config/load-config.js';
import { DamagedDatabaseError, NewerDatabaseError } from '../../storage/storage-errors.js';
import { exitCodes } from '../exit-codes.js';
import { ServerRefusal } from '../server-refusal.js';
import { NoPasswordError, readPassword } from '../users/read-password.js';
import { type ListedUser, openUserControl, type UserControl } from '../users/user-control.js';

interface UserFlags {
  readonly config?: string;
  readonly data?: string;
  readonly json: boolean;
}

interface PasswordFlags extends UserFlags {
  readonly passwordFile?: string;
}

interface AddFlags extends PasswordFlags {
  readonly role: Role;
  readonly cameras?: readonly string[];
}

/** `maskwatch user`: the accounts of a data folder, also while a server runs on it. */
export function userCommand(): Command {
  const user = new Command('user')
    .description('add, list and remove accounts; change passwords; make the link for the first account')
    // Before the subcommands are made, so that they inherit it.
    .exitOverride()
    .addHelpText(
      'after',
      '\nA password is asked for on a terminal, and else read from standard input or --password-file.\n' +
        '\nExamples:\n' +
        '  maskwatch user add anna --role admin\n' +
        '  maskwatch user add door --role viewer --cameras door,hall < password.txt\n',
    );
  placed(user.command('list', { isDefault: true }))
    .description('the accounts with their roles')
    .action((flags: UserFlags) => finish(flags, (control) => list(control, flags)));
  withPassword(placed(user.command('add <name>')))
    .description('make an account')
    .addOption(new Option('--role <role>', 'what it may do').choices(roles).default('viewer'))
    .option('--cameras <ids>', 'the only cameras it sees, separated by commas', readIds)
    .action((name: string, flags: AddFlags) =>
      finish(flags, async (control) => {
        const { role, cameras } = flags;
        const password = await passwordOf(flags);
        const input = { name, password, role, ...(cameras === undefined ? {} : { cameras }) };
        tell(await control.add(input), 'may sign in now', flags);
      }),
    );
  withPassword(placed(user.command('passwd <name>')))
    .description('set a new password and sign the account out everywhere')
    .action((name: string, flags: PasswordFlags) =>
      finish(flags, async (control) => {
        tell(await control.setPassword(name, await passwordOf(flags)), 'has a new password', flags);
      }),
    );
  placed(user.command('remove <name>'))
    .description('remove an account with its sessions and tokens')
    .action((name: string, flags: UserFlags) =>
      finish(flags, async (control) => tell(await control.remove(name), 'is removed', flags)),
    );
  placed(user.command('setup-link'))
    .description('make the one-time link for the first account; it works for 15 minutes')
    .action((flags: UserFlags) =>
      finish(flags, async (control) => {
        const path = await control.setupPath();
        process.stdout.write(`${flags.json ? JSON.stringify({ path }) : path}\n`);
        process.stderr.write("Put this behind the server's address. It works once, for 15 minutes.\n");
      }),
    );
  return user;
}

function placed(command: Command): Command {
  return command
    .option('--config <file>', 'configuration (default: config.yaml where there is one)')
    .option('--data <dir>', 'data folder (default: that of the configuration)')
    .option('--json', 'print JSON', false);
}

function withPassword(command: Command): Command {
  return command.option('--password-file <file>', 'read the password from this file');
}

function readIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.includes('')) throw new InvalidArgumentError('It must be ids separated by commas.');
  return ids;
}

function passwordOf({ passwordFile }: PasswordFlags): Promise<string> {
  return readPassword({ file: passwordFile, input: process.stdin, output: process.stderr });
}

async function list(control: UserControl, { json }: UserFlags): Promise<void> {
  const users = (await control.list()).map(shown);
  if (json) process.stdout.write(`${JSON.stringify(users)}\n`);
  for (const { name, role, cameras } of json ? [] : users) {
    process.stdout.write(`${name}\t${role}\t${cameras?.join(',') ?? 'all cameras'}\n`);
  }
}

/** Says what was done with an account; the account itself is the JSON of the command. */
function tell(account: ListedUser, done: string, { json }: UserFlags): void {
  if (json) process.stdout.write(`${JSON.stringify(shown(account))}\n`);
  process.stderr.write(`${account.name} ${done}.\n`);
}

/** What is shown of an account: there is more in the object, the hash of its password too. */
function shown({ name, role, cameras }: ListedUser): ListedUser {
  return { name, role, ...(cameras === undefined ? {} : { cameras }) };
}

/** Does the work on the accounts; what a person can do something about becomes a line on stderr and an exit code. */
async function finish(flags: UserFlags, work: (control: UserControl) => Promise<void>): Promise<void> {
  try {
    const control = openUserControl(await dataFolder(flags));
    try {
      await work(control);
    } finally {
      control.close();
    }
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = code;
  }
}

async function dataFolder({ config, data }: UserFlags): Promise<string> {
  const environment = readEnvironment();
  const named = config ?? environment.configFile;
  const sources = { file: named ?? 'config.yaml', required: named !== undefined, environment };
  return resolve(data ?? (await loadConfig(sources)).dataDir);
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError || error instanceof NoPasswordError) return exitCodes.usage;
  if (error instanceof DamagedDatabaseError || error instanceof NewerDatabaseError)
    return exitCodes.damagedData;
  if (error instanceof ServerRefusal && error.code === 'unreachable') return exitCodes.taken;
  return error instanceof AccessError || error instanceof ServerRefusal ? exitCodes.failure : undefined;
}
