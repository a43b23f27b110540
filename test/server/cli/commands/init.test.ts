import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { maskwatchHere } from '../../../helpers/cli.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

describe('maskwatch init', () => {
  const folders = tempFolders();

  it('writes a configuration that is valid, for its owner alone, with the schema for editors', async () => {
    const file = join(folders.make(), 'config.yaml');
    const { code, stdout, stderr } = await maskwatchHere(['init', file, '--schema', 'https://h/schema.json']);
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: `${file}\n` });
    expect(stderr).to.equal('Now: maskwatch serve\n');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readFileSync(file, 'utf8')).to.match(
      /^# yaml-language-server: \$schema=https:\/\/h\/schema\.json\n/,
    );
    const checked = await maskwatchHere(['config', 'check', '--config', file]);
    expect(checked).to.deep.equal({ code: 0, stdout: `${file}: fine\n`, stderr: '' });
  });

  it('tells programs where it is', async () => {
    const file = join(folders.make(), 'config.yaml');
    const { code, stdout } = await maskwatchHere(['init', file, '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({ file });
  });

  it('leaves what is there alone, and says what cannot be written', async () => {
    const folder = folders.make();
    const file = join(folder, 'config.yaml');
    writeFileSync(file, 'log:\n  level: warn\n');
    const again = await maskwatchHere(['init', file, '--json']);
    expect(again).to.deep.equal({ code: 1, stdout: '', stderr: `${file} exists already.\n` });
    expect(readFileSync(file, 'utf8')).to.equal('log:\n  level: warn\n');
    const lost = join(folder, 'nowhere', 'config.yaml');
    const nowhere = await maskwatchHere(['init', lost]);
    expect(nowhere).to.deep.equal({ code: 1, stdout: '', stderr: `${lost} cannot be written (ENOENT).\n` });
  });
});
