import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readEnvironment } from '../../../server/config/environment.js';
import { keyFileName, loadSecretKey, SecretKeyError } from '../../../server/secrets/secret-key.js';
import { createVault } from '../../../server/secrets/vault.js';
import { Secret } from '../../../streams/secret/secret.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the key of stored passwords', () => {
  const folders = tempFolders();

  it('is made in the data folder where none is given, readable by its owner alone, and stays', () => {
    const folder = join(folders.make(), 'data');
    const key = loadSecretKey(folder, undefined);
    const path = join(folder, keyFileName);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(Buffer.from(key.reveal(), 'base64')).to.have.length(32);
    chmodSync(path, 0o644);
    expect(loadSecretKey(folder, undefined).equals(key)).to.equal(true);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(loadSecretKey(join(folder, 'other'), undefined).equals(key)).to.equal(false);
  });

  it('of the environment is taken instead, and no file is made', () => {
    const folder = folders.make();
    const given = new Secret('sixteen letters!');
    expect(loadSecretKey(folder, given).equals(given)).to.equal(true);
    expect(existsSync(join(folder, keyFileName))).to.equal(false);
  });

  it('must have 16 characters, and be readable; what is wrong is said without the key', () => {
    const folder = folders.make();
    const path = join(folder, keyFileName);
    writeFileSync(path, 'fifteen letters\n');
    expect(() => loadSecretKey(folder, undefined))
      .to.throw(SecretKeyError, path)
      .with.property('code', 'bad-secret-key');
    expect(() => loadSecretKey(folder, new Secret('fifteen letters')))
      .to.throw(SecretKeyError, 'MASKWATCH_SECRET_KEY')
      .with.property('message')
      .not.include('fifteen');
    const odd = folders.make();
    mkdirSync(join(odd, keyFileName));
    expect(() => loadSecretKey(odd, undefined)).to.throw(SecretKeyError, 'cannot be read');
  });

  it('comes from a variable, a file that one names, or a credential of the service manager, in this order', () => {
    const folder = folders.make();
    const named = join(folder, 'named');
    writeFileSync(named, 'key of the named file\n');
    writeFileSync(join(folder, 'maskwatch-secret-key'), 'key of the credential\n');
    const credential = { CREDENTIALS_DIRECTORY: folder };
    const files = { ...credential, MASKWATCH_SECRET_KEY_FILE: named };
    const all = { ...files, MASKWATCH_SECRET_KEY: 'key of the variable' };
    const found = [all, files, credential].map((env) => readEnvironment(env).secretKey?.reveal());
    expect(found).to.deep.equal(['key of the variable', 'key of the named file', 'key of the credential']);
    // Other services have credentials too.
    expect(readEnvironment({ CREDENTIALS_DIRECTORY: folders.make() }).secretKey).to.equal(undefined);
    expect(readEnvironment({}).secretKey).to.equal(undefined);
  });

  it('opens what it sealed, and no other key does', () => {
    const sealed = createVault(new Secret('the first of two keys')).seal('s3cr3t', 'camera door');
    expect(sealed).not.to.include('s3cr3t');
    expect(createVault(new Secret('the first of two keys')).open(sealed, 'camera door')).to.equal('s3cr3t');
    expect(createVault(new Secret('the first of two keys')).open(sealed, 'camera hall')).to.equal(undefined);
    expect(createVault(new Secret('the other of two keys')).open(sealed, 'camera door')).to.equal(undefined);
  });
});
