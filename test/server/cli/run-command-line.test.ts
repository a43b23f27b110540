import { expect } from 'chai';
import { commandTable } from '../../../server/cli/command-table.js';
import { packageVersion } from '../../../server/package-root.js';
import { maskwatchHere } from '../../helpers/cli.js';

describe('the command line', function () {
  // Help loads every command there is.
  this.timeout(60_000);

  it('ends with 2 for what it does not understand, and says on stderr what that is', async () => {
    const lines: readonly (readonly [string, RegExp])[] = [
      ['nonsense', /unknown command 'nonsense'/],
      ['', /^Usage: maskwatch/],
      ['serve --nonsense', /unknown option '--nonsense'/],
      ['serve --port 70000', /must be a number from 0 to 65535/],
      ['serve --camera door=rtsp://user:pass@h/1', /keep the password out of it/],
      ['backup', /missing required argument 'file'/],
      ['config nonsense', /unknown command 'nonsense'/],
      ['evaluate', /Name a folder/],
    ];
    for (const [line, said] of lines) {
      const { code, stdout, stderr } = await maskwatchHere(line.split(' ').filter((word) => word !== ''));
      expect({ code, stdout }, line).to.deep.equal({ code: 2, stdout: '' });
      expect(stderr, line).to.match(said).and.not.include('pass@h');
    }
  });

  it('ends with 0 for help and version, on stdout', async () => {
    const help = await maskwatchHere(['--help']);
    expect(help).to.include({ code: 0, stderr: '' });
    for (const name of Object.keys(commandTable))
      expect(help.stdout).to.match(new RegExp(`^  ${name} `, 'm'));
    expect(await maskwatchHere(['--version'])).to.deep.equal({
      ...{ code: 0, stdout: `${packageVersion()}\n`, stderr: '' },
    });
    expect(await maskwatchHere(['user', 'add', '--help'])).to.include({ code: 0, stderr: '' });
  });
});
