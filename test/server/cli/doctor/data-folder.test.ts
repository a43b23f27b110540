import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { readCheckedConfig } from '../../../../server/cli/doctor/config-finding.js';
import { databaseFinding } from '../../../../server/cli/doctor/database-finding.js';
import { modeFinding } from '../../../../server/cli/doctor/mode-finding.js';
import { askRunningServer, serverFinding } from '../../../../server/cli/doctor/running-server.js';
import { controlPath } from '../../../../server/http/control-listener.js';
import { readStoredFacts } from '../../../../server/cli/doctor/stored-facts.js';
import { readEnvironment } from '../../../../server/config/environment.js';
import { loadSecretKey } from '../../../../server/secrets/secret-key.js';
import { createVault } from '../../../../server/secrets/vault.js';
import { createCameraStore } from '../../../../server/storage/camera-store.js';
import { openDatabase } from '../../../../server/storage/open-database.js';
import { openSqliteFile } from '../../../../server/storage/sqlite-file.js';
import { Secret } from '../../../../streams/secret/secret.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

describe('the doctor, looking at the data folder', () => {
  const folders = tempFolders();
  const door = { transport: 'tcp', loop: false, enabled: true, demo: false, countsOnly: false } as const;

  const made = (): string => {
    const folder = folders.make();
    const database = openDatabase(folder);
    const vault = createVault(loadSecretKey(folder, undefined));
    createCameraStore(database, vault).put(
      {
        ...door,
        ...{ id: 'door', name: 'Door', url: 'rtsp://h/1' },
        access: new Secret('rtsp://u:s3cr3t@h/1'),
      },
      1,
    );
    database.close();
    return folder;
  };

  it('reads a database without making or changing anything', () => {
    expect(databaseFinding(readStoredFacts(folders.make(), undefined)).detail).to.include('none yet');
    const facts = readStoredFacts(made(), undefined);
    expect(databaseFinding(facts)).to.include({ state: 'ok' });
    expect(facts.tables).to.include({ cameras: 1, events: 0 });
    expect(facts.cameras[0]?.access?.reveal()).to.equal('rtsp://u:s3cr3t@h/1');
    expect(JSON.stringify(facts)).not.to.include('s3cr3t');
  });

  it('reads it while a server writes it', () => {
    const folder = made();
    const open = openDatabase(folder);
    expect(readStoredFacts(folder, undefined).state).to.equal('sound');
    open.close();
  });

  it('tells a database that cannot be read from one that is not there', () => {
    const folder = folders.make();
    mkdirSync(join(folder, 'maskwatch.db'));
    const found = databaseFinding(readStoredFacts(folder, undefined));
    expect(found.state).to.equal('failed');
    expect(found.remedy).to.include('sudo -u maskwatch');
  });

  it('notices a server that uses the folder and does not answer', async () => {
    const folder = made();
    expect(await askRunningServer(folder)).to.equal(undefined);
    const open = openDatabase(folder);
    const answer = await askRunningServer(folder);
    open.close();
    expect(answer).to.equal('silent');
    expect(serverFinding(answer, '1.0.0')).to.include({ state: 'failed' });
    expect(serverFinding(undefined, '1.0.0').detail).to.equal('not running');
    expect(serverFinding('hidden', '1.0.0').state).to.equal('warning');
  });

  it('says how the running server is, and whether it is the installed version', async () => {
    const folder = folders.make();
    const health = { status: 'ok', problems: [] as string[], version: '1.0.0', uptimeSeconds: 600 };
    const server = createHttpServer(({ url }, response) => {
      const answers: Record<string, unknown> = { '/api/health': health, '/api/cameras': { cameras: [] } };
      response.end(JSON.stringify(answers[url ?? ''] ?? '# metrics'));
    });
    await once(server.listen(controlPath(folder)), 'listening');
    const well = await askRunningServer(folder);
    Object.assign(health, { status: 'degraded', problems: ['Slow.'] });
    const ill = await askRunningServer(folder);
    server.close();
    if (typeof well !== 'object') throw new Error('no answer');
    expect(Math.abs((well.time?.says ?? 0) - (well.time?.askedAt ?? Infinity))).to.be.below(3000);
    expect(serverFinding(well, '1.0.0')).to.include({
      state: 'ok',
      detail: 'runs for 10 min, version 1.0.0',
    });
    expect(serverFinding(well, '1.0.1').remedy).to.include('restart');
    expect(serverFinding(ill, '1.0.0').detail).to.include('Slow.');
  });

  it('says whose passwords another key has sealed', () => {
    const found = databaseFinding(readStoredFacts(made(), new Secret('another key of some length')));
    expect(found.state).to.equal('warning');
    expect(found.detail).to.include('camera door');
  });

  it('tells damage and newer releases apart', () => {
    const damaged = made();
    writeFileSync(
      join(damaged, 'maskwatch.db'),
      'this is no database at all, but it is long enough'.repeat(50),
    );
    expect(databaseFinding(readStoredFacts(damaged, undefined))).to.include({
      state: 'failed',
      trouble: 'damaged',
    });
    const newer = made();
    const file = openSqliteFile(join(newer, 'maskwatch.db'));
    file.setUserVersion(9999);
    file.close();
    expect(databaseFinding(readStoredFacts(newer, undefined)).detail).to.include('newer release');
  });

  it('names each file that others can read, and the command that closes it', async () => {
    const folder = folders.make();
    const [key, config] = [join(folder, 'secret.key'), join(folder, 'config.yaml')];
    writeFileSync(key, 'x');
    writeFileSync(config, 'x');
    chmodSync(key, 0o600);
    chmodSync(config, 0o640);
    const places = [
      { path: key, closed: 0o077, holds: 'the key', closedByUs: true },
      { path: config, closed: 0o007, holds: 'the configuration', closedByUs: false },
      { path: join(folder, 'none'), closed: 0o077, holds: 'nothing', closedByUs: true },
    ];
    expect(await modeFinding(places)).to.include({
      state: 'ok',
      detail: 'closed to others, 2 looked at',
    });
    chmodSync(config, 0o644);
    expect(await modeFinding(places)).to.include({ state: 'warning', remedy: `chmod 640 ${config}` });
    chmodSync(key, 0o604);
    const found = await modeFinding(places);
    expect(found.state).to.equal('failed');
    expect(found.detail).to.include(`${key} (the key) has mode 604`);
    expect(found.remedy).to.include(`chmod 600 ${key}`);
  });

  it('counts the mistakes of a configuration without showing a value', async () => {
    const file = join(folders.make(), 'config.yaml');
    writeFileSync(
      file,
      'server:\n  prot: 1\ncameras:\n  - { id: door, url: 5 }\n  - { id: UP, url: "rtsp://u:s3cr3t@h/" }\n',
    );
    const { finding, config } = await readCheckedConfig({
      file,
      required: true,
      environment: readEnvironment({}),
    });
    expect(finding).to.include({ state: 'failed', trouble: 'configuration' });
    expect(finding.detail).to.match(/config\.yaml:\d+: .*, and 2 more$/);
    expect(finding.detail).not.to.include('s3cr3t');
    expect(config.server.port).to.equal(8080);
  });
});
