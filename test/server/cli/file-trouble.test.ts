import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { fileTrouble } from '../../../server/cli/file-trouble.js';
import { openDatabase } from '../../../server/storage/open-database.js';
import { maskwatchHere } from '../../helpers/cli.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('a file that a command cannot use', () => {
  const folders = tempFolders();
  const thrownBy = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    throw new Error('nothing was thrown');
  };

  it('is named in a line, with exit code 1 and without a stack', async () => {
    const data = folders.make();
    openDatabase(data).close();
    const file = join(data, 'maskwatch.db', 'backup');
    const place = ['--data', data, '--config', join(data, 'config.yaml')];
    const into = await maskwatchHere(['backup', file, ...place]);
    expect(into).to.include({ code: 1, stdout: '' });
    expect(into.stderr).to.match(/^\S+ cannot be used: a part of the path is no folder \(ENOTDIR\)\.\n$/);
    const missing = await maskwatchHere(['backup', join(data, 'nowhere/backup'), ...place]);
    expect(missing).to.include({ code: 1, stdout: '' });
    expect(missing.stderr).to.match(/^\S+ cannot be used: the file or its folder does not exist \(ENOENT\)/);
  });

  it('is told from other errors', async () => {
    const denied = Object.assign(new Error('x'), { code: 'EACCES', path: '/var/backups/x', syscall: 'open' });
    expect(fileTrouble(denied)).to.equal(
      '/var/backups/x cannot be used: the user who runs this may not (EACCES).',
    );
    const full = Object.assign(new Error('x'), { code: 'SQLITE_FULL' });
    expect(fileTrouble(full)).to.equal('The database cannot be used: the disk is full (SQLITE_FULL).');
    expect(fileTrouble(new TypeError('a bug'))).to.equal(undefined);
    expect(fileTrouble('EACCES')).to.equal(undefined);
    const [missing] = (await once(spawn('/nowhere/program'), 'error')) as [unknown];
    expect(fileTrouble(missing)).to.equal(undefined);
    // Root may do everything, so that this is seen only where the tests are run by somebody else.
    const folder = join(folders.make(), 'closed');
    mkdirSync(folder);
    writeFileSync(join(folder, 'file'), '');
    chmodSync(folder, 0o500);
    if (process.getuid?.() !== 0) {
      expect(fileTrouble(thrownBy(() => openSync(join(folder, 'new'), 'w')))).to.include('EACCES');
    }
    chmodSync(folder, 0o700);
  });
});
