import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BackupError, makeBackup, restoreBackup } from '../../../server/backup/backup-file.js';
import { modelFiles } from '../../../server/backup/model-files.js';
import { keyFileName, loadSecretKey } from '../../../server/secrets/secret-key.js';
import { createVault } from '../../../server/secrets/vault.js';
import { createCameraStore } from '../../../server/storage/camera-store.js';
import { openDatabase } from '../../../server/storage/open-database.js';
import { DataFolderTakenError } from '../../../server/storage/storage-errors.js';
import { Secret } from '../../../streams/secret/secret.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const camera = {
  id: 'door',
  name: 'Door',
  url: 'rtsp://10.0.0.5/1',
  access: new Secret('rtsp://user:s3cr3t@10.0.0.5/1'),
  transport: 'tcp',
  loop: false,
  enabled: true,
  demo: false,
} as const;

describe('a backup', () => {
  const folders = tempFolders();

  it('is made while a server runs and brings database, configuration and key back', async () => {
    const [from, to] = [folders.make(), folders.make()];
    const config = join(from, 'config.yaml');
    writeFileSync(config, 'log:\n  level: warn # quiet\n');
    const db = openDatabase(from);
    createCameraStore(db, createVault(loadSecretKey(from, undefined))).put(camera, 1);
    const file = join(folders.make(), 'backup.db');
    await makeBackup(from, config, file);
    db.close();
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const before = openDatabase(to);
    const busy: unknown = await restoreBackup(file, to, join(to, 'c.yaml'), 0).catch(
      (error: unknown) => error,
    );
    expect(busy).to.be.instanceOf(DataFolderTakenError);
    before.close();

    const restored = await restoreBackup(file, to, join(to, 'c.yaml'), 0);
    expect(restored.configWritten).to.equal(true);
    expect(restored.before).to.include('before-restore');
    expect(readFileSync(join(to, 'c.yaml'), 'utf8')).to.equal(readFileSync(config, 'utf8'));
    expect(statSync(join(to, keyFileName)).mode & 0o777).to.equal(0o600);
    const again = openDatabase(to);
    const [found] = createCameraStore(again, createVault(loadSecretKey(to, undefined))).list();
    again.close();
    expect(found?.access?.reveal()).to.equal(camera.access.reveal());
  });

  it('brings installed classifiers back; what else was there under their names is set aside', async () => {
    const [from, to] = [folders.make(), folders.make()];
    const put = (folder: string, model: string, file: string, text: string): void => {
      mkdirSync(join(folder, 'models', model), { recursive: true });
      writeFileSync(join(folder, 'models', model, file), text);
    };
    for (const file of ['manifest.json', 'model.json', 'weights.bin', 'CARD.md']) {
      put(from, 'hall-1', file, `hall ${file}`);
      put(from, 'door-2', file, `door ${file}`);
      put(to, 'door-2', file, `door ${file}`);
    }
    put(from, '.install-x', 'model.json', 'half');
    put(from, 'hall-1', 'notes.txt', 'not of a classifier');
    put(to, 'hall-1', 'model.json', 'another');
    openDatabase(from).close();
    const file = join(folders.make(), 'backup.db');
    const made = await makeBackup(from, join(from, 'none.yaml'), file);
    expect(made).to.deep.equal({ config: false, key: false, modelFiles: 8, modelsLeftOut: [] });

    const { models, keyWritten } = await restoreBackup(file, to, join(to, 'c.yaml'), 0);
    expect([models, keyWritten]).to.deep.equal([['door-2', 'hall-1'], false]);
    const names = readdirSync(join(to, 'models')).sort();
    expect(names).to.have.length(3);
    expect(names[0]).to.match(/^\.hall-1\.before-restore-/);
    const [aside = '', ...installed] = names;
    expect(installed).to.deep.equal(['door-2', 'hall-1']);
    expect(readFileSync(join(to, 'models', aside, 'model.json'), 'utf8')).to.equal('another');
    expect(readdirSync(join(to, 'models/hall-1')).sort()).to.deep.equal([
      'CARD.md',
      'manifest.json',
      'model.json',
      'weights.bin',
    ]);
    expect(readFileSync(join(to, 'models/hall-1/weights.bin'), 'utf8')).to.equal('hall weights.bin');
    const { files, leftOut } = modelFiles(from, 70);
    expect([files.length, leftOut]).to.deep.equal([4, ['hall-1']]);
  });

  it('is refused when it is none or damaged, and nothing is touched', async () => {
    const folder = folders.make();
    const file = join(folders.make(), 'backup.db');
    for (const content of ['not a database', '']) {
      writeFileSync(file, content);
      const error: unknown = await restoreBackup(file, folder, join(folder, 'c'), 0).catch(
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(BackupError);
    }
    expect(readdirSync(folder).filter((name) => !name.startsWith('maskwatch.lock'))).to.deep.equal([]);
  });
});

describe('credentials in the database', () => {
  const folders = tempFolders();

  it('that an older release left in clear are sealed at the next start, and no byte of them stays', () => {
    const folder = folders.make();
    const old = openDatabase(folder);
    const { access, ...plain } = camera;
    const key = loadSecretKey(folder, undefined);
    createCameraStore(old, createVault(key)).put({ ...plain, url: access.reveal() }, 1);
    old.close();
    const db = openDatabase(folder);
    const store = createCameraStore(db, createVault(key));
    expect(store.list()[0]?.url).to.equal(camera.url);
    expect(store.list()[0]?.access?.reveal()).to.equal(access.reveal());
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'latin1'), name).not.to.include('s3cr3t');
    }
    const lost: string[] = [];
    const other = createVault(new Secret('another key of enough characters'));
    const [stranger] = createCameraStore(db, other, { onLost: (id) => lost.push(id) }).list();
    db.close();
    expect(stranger).not.to.have.property('access');
    expect(lost).to.deep.equal(['door']);
  });
});
