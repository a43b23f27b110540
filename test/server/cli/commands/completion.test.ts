import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { commandTable } from '../../../../server/cli/command-table.js';
import { maskwatchHere } from '../../../helpers/cli.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

const run = promisify(execFile);

/** What a user's bash does with the words typed so far; the last one is unfinished. */
const completing = `
  source "$1"; shift
  complete -p maskwatch > /dev/null || exit 1
  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
  _maskwatch
  printf '%s\\n' "\${COMPREPLY[@]}"`;

describe('maskwatch completion', function () {
  this.timeout(60_000);
  const folders = tempFolders();
  const scripts = new Map<string, string>();

  before(async () => {
    const folder = folders.make();
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { code, stdout, stderr } = await maskwatchHere(['completion', shell]);
      expect({ code, stderr }, shell).to.deep.equal({ code: 0, stderr: '' });
      const path = join(folder, shell);
      writeFileSync(path, stdout);
      scripts.set(shell, path);
    }
  });

  /** What bash offers for a command line. */
  const offered = async (...words: string[]): Promise<string[]> => {
    const args = ['--norc', '-c', completing, 'bash', scripts.get('bash') ?? '', 'maskwatch', ...words];
    return (await run('bash', args)).stdout.split('\n').filter((word) => word !== '');
  };

  it('offers the commands, those below them and their options in bash', async () => {
    expect(await offered('')).to.have.members(
      Object.keys(commandTable).filter((name) => name !== 'completion'),
    );
    expect(await offered('re')).to.deep.equal(['restore']);
    expect(await offered('user', 'set')).to.deep.equal(['setup-link']);
    expect(await offered('user', '--pass')).to.deep.equal(['--password-file']);
    expect(await offered('backup', '--')).to.include.members(['--config', '--data', '--json']);
    // File names come from the shell where there is nothing to offer.
    expect(await offered('backup', '/tmp')).to.deep.equal([]);
  });

  for (const shell of ['zsh', 'fish']) {
    it(`is a script that ${shell} can read, where it is installed`, async function () {
      const known = await run(shell, ['--version']).then(
        () => true,
        () => false,
      );
      if (!known) this.skip();
      await run(shell, ['--no-execute', scripts.get(shell) ?? '']);
    });
  }

  it('refuses another shell', async () => {
    const { code, stderr } = await maskwatchHere(['completion', 'tcsh']);
    expect(code).to.equal(2);
    expect(stderr).to.include('Allowed choices are bash, zsh, fish.');
  });
});
