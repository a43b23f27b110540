import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../../server/config/config-error.js';
import { readEnvironment } from '../../../server/config/environment.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the environment', () => {
  const folders = tempFolders();

  const file = (content: string): string => {
    const path = join(folders.make(), 'secret');
    writeFileSync(path, content);
    return path;
  };

  it('gives secrets by file, without the line break at its end', () => {
    const { adminPassword, token, settings } = readEnvironment({
      MASKWATCH_ADMIN_PASSWORD_FILE: file('  a phrase of spaces \r\n'),
      MASKWATCH_TOKEN: 'mwt_other',
      MASKWATCH_TOKEN_FILE: file('mwt_x\n'),
      MASKWATCH_MAIL_PASSWORD_FILE: file('s3cr3t\n'),
      MASKWATCH_SERVER_PORT: '9000',
    });
    expect(adminPassword).to.equal('  a phrase of spaces ');
    expect(token).to.equal('mwt_x');
    expect(settings).to.deep.equal([
      { variable: 'MASKWATCH_MAIL_PASSWORD_FILE', path: ['MAIL', 'PASSWORD'], value: 's3cr3t' },
      { variable: 'MASKWATCH_SERVER_PORT', path: ['SERVER', 'PORT'], value: '9000' },
    ]);
  });

  it('says which variable names a file that cannot be read', () => {
    for (const variable of [
      'MASKWATCH_ADMIN_PASSWORD_FILE',
      'MASKWATCH_TOKEN_FILE',
      'MASKWATCH_SECRET_KEY_FILE',
      'MASKWATCH_SERVER_PORT_FILE',
    ]) {
      expect(() => readEnvironment({ [variable]: '/nowhere/secret' }), variable).to.throw(
        ConfigError,
        new RegExp(`${variable}.*cannot be read \\(ENOENT\\)`, 's'),
      );
    }
  });

  it('is handed on to child processes without what is for this one alone', () => {
    const { forChildren } = readEnvironment({
      ...{
        PATH: '/bin',
        LANG: 'C',
        MASKWATCH_SECRET_KEY: 'a key of enough letters',
        MASKWATCH_TOKEN: 'mwt_x',
      },
      ...{ MASKWATCH_ADMIN_PASSWORD_FILE: file('x'), CREDENTIALS_DIRECTORY: folders.make() },
    });
    expect(forChildren).to.deep.equal({ PATH: '/bin', LANG: 'C' });
  });

  it('asks for plain output by NO_COLOR, whatever it says unless nothing, and on build machines', () => {
    const plain = (env: NodeJS.ProcessEnv): boolean => readEnvironment(env).plain;
    expect(
      [{ NO_COLOR: '1' }, { NO_COLOR: '0' }, { NO_COLOR: 'false' }, { CI: 'true' }].map(plain),
    ).to.deep.equal([true, true, true, true]);
    expect([{}, { NO_COLOR: '' }].map(plain)).to.deep.equal([false, false]);
  });
});
