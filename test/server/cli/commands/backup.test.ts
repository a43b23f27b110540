import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../../../server/storage/open-database.js';
import { maskwatchHere } from '../../../helpers/cli.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

describe('maskwatch backup and maskwatch restore', () => {
  const folders = tempFolders();
  let data: string;
  let place: readonly string[];

  beforeEach(async () => {
    const folder = folders.make();
    data = join(folder, 'data');
    const config = join(folder, 'config.yaml');
    writeFileSync(config, `dataDir: ${data}\n`);
    place = ['--config', config];
    const added = await maskwatchHere(
      ['user', 'add', 'ada', '--role', 'admin', ...place],
      'correct horse battery',
    );
    expect(added.code, added.stderr).to.equal(0);
  });

  it('bring accounts and configuration to another machine', async () => {
    const file = join(folders.make(), 'maskwatch.backup');
    const made = await maskwatchHere(['backup', file, '--json', ...place]);
    expect(made.code, made.stderr).to.equal(0);
    expect(JSON.parse(made.stdout)).to.include({ file });
    expect(statSync(file).mode & 0o777).to.equal(0o600);

    const other = folders.make();
    const there = ['--config', join(other, 'config.yaml'), '--data', join(other, 'data')];
    const restored = await maskwatchHere(['restore', file, '--json', ...there]);
    expect(restored.code, restored.stderr).to.equal(0);
    expect(JSON.parse(restored.stdout)).to.include({ dataDir: join(other, 'data'), configWritten: true });
    expect(readFileSync(join(other, 'config.yaml'), 'utf8')).to.equal(`dataDir: ${data}\n`);
    const listed = await maskwatchHere(['user', 'list', ...there]);
    expect(listed.stdout).to.equal('ada\tadmin\tall cameras\n');

    const again = await maskwatchHere(['restore', file, ...there]);
    expect(again).to.include({ code: 0, stdout: `${join(other, 'data')} is restored\n` });
    expect(again.stderr)
      .to.match(/^The database before is .*before-restore/m)
      .and.include('config.yaml was left as it is.');
  });

  it('say where the file is, for people', async () => {
    const file = join(folders.make(), 'maskwatch.backup');
    const { code, stdout } = await maskwatchHere(['backup', file, ...place]);
    expect(code).to.equal(0);
    expect(stdout.split('\n')[0]).to.equal(file);
  });

  it('are refused in a line, with the exit code of its kind', async () => {
    const folder = folders.make();
    const [file, junk, wrong] = ['backup', 'junk', 'wrong.yaml'].map((name) => join(folder, name));
    if (file === undefined || junk === undefined || wrong === undefined) throw new Error('no paths');
    await maskwatchHere(['backup', file, ...place]);
    writeFileSync(junk, 'this is none');
    writeFileSync(wrong, 'colour: red\n');
    const refusals: readonly (readonly [number, RegExp, readonly string[]])[] = [
      [1, /exists already/, ['backup', file, ...place]],
      [1, /There is no database/, ['backup', `${file}.2`, '--data', folder]],
      [1, /is no backup of Maskwatch/, ['restore', junk, ...place]],
      [1, /There is no .*\/nothing/, ['restore', join(folder, 'nothing'), ...place]],
      [2, /colour/, ['backup', `${file}.2`, '--config', wrong]],
      [2, /colour/, ['restore', file, '--config', wrong]],
    ];
    for (const [code, said, args] of refusals) {
      const result = await maskwatchHere(args);
      expect(result, args.join(' ')).to.include({ code, stdout: '' });
      expect(result.stderr).to.match(said).and.not.include('    at ');
    }
    const held = openDatabase(data);
    try {
      expect(await maskwatchHere(['restore', file, ...place])).to.include({ code: 5, stdout: '' });
      // A copy may be made while the database is in use.
      expect(await maskwatchHere(['backup', `${file}.3`, ...place])).to.include({ code: 0 });
    } finally {
      held.close();
    }
  });
});
