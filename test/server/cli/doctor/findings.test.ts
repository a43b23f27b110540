import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  abilityFinding,
  abilityKinds,
  type AbilityLists,
} from '../../../../server/cli/doctor/ability-finding.js';
import { type ClockReading, judgeClock, readClock } from '../../../../server/cli/doctor/clock-finding.js';
import { readCheckedConfig } from '../../../../server/cli/doctor/config-finding.js';
import { databaseFinding } from '../../../../server/cli/doctor/database-finding.js';
import { modeFinding } from '../../../../server/cli/doctor/mode-finding.js';
import { modelFinding } from '../../../../server/cli/doctor/model-finding.js';
import { portFinding } from '../../../../server/cli/doctor/port-finding.js';
import { readStoredFacts } from '../../../../server/cli/doctor/stored-facts.js';
import { tlsFinding } from '../../../../server/cli/doctor/tls-finding.js';
import { readEnvironment } from '../../../../server/config/environment.js';
import { packageRoot } from '../../../../server/package-root.js';
import { loadSecretKey } from '../../../../server/secrets/secret-key.js';
import { createVault } from '../../../../server/secrets/vault.js';
import { createCameraStore } from '../../../../server/storage/camera-store.js';
import { openDatabase } from '../../../../server/storage/open-database.js';
import { openSqliteFile } from '../../../../server/storage/sqlite-file.js';
import { Secret } from '../../../../streams/secret/secret.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

describe('the doctor, looking at ffmpeg', () => {
  const lists = Object.fromEntries(
    abilityKinds.map((kind) => [kind, execFileSync('ffmpeg', ['-hide_banner', `-${kind}`]).toString()]),
  ) as AbilityLists;
  const without = (kind: keyof AbilityLists, word: RegExp): AbilityLists => ({
    ...lists,
    [kind]: lists[kind].replaceAll(word, 'gone'),
  });

  it('is content with a whole build', () => {
    expect(abilityFinding(lists)).to.include({ state: 'ok', remedy: '' });
  });

  it('names what a smaller build cannot do, and what for', () => {
    const vital = abilityFinding(without('encoders', /\blibx264\b/g));
    expect(vital.state).to.equal('missing');
    expect(vital.detail).to.include('libx264 (encoders').and.include('transcoded');
    expect(abilityFinding(without('demuxers', /\brtsp\b/g)).detail).to.include('RTSP cameras');
    expect(abilityFinding(without('protocols', /\btcp\b/g)).state).to.equal('missing');
    const useful = abilityFinding(without('decoders', /\bhevc\b/g));
    expect([useful.state, useful.detail.includes('H.265')]).to.deep.equal(['warning', true]);
  });
});

describe('the doctor, looking at models', () => {
  const folders = tempFolders();

  it('compares every file with the sha256 of its manifest, and names a damaged one', async () => {
    const shipped = folders.make();
    const installed = folders.make();
    cpSync(join(packageRoot(), 'models', 'weights', 'cnn-2conv'), join(shipped, 'cnn-2conv'), {
      recursive: true,
    });
    expect((await modelFinding(shipped, join(installed, 'none'))).state).to.equal('ok');
    cpSync(join(shipped, 'cnn-2conv'), join(installed, 'mine'), { recursive: true });
    const weights = join(installed, 'mine', 'weights.bin');
    const bytes = readFileSync(weights);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(weights, bytes);
    const found = await modelFinding(shipped, installed);
    expect(found).to.include({ state: 'failed', trouble: 'damaged' });
    expect(found.detail).to.match(/^mine\/weights\.bin is damaged/);
    expect(found.remedy).to.include(join(installed, 'mine'));
    writeFileSync(join(shipped, 'cnn-2conv', 'manifest.json'), '{');
    expect((await modelFinding(shipped, installed)).remedy).to.include('package');
    expect((await modelFinding(join(shipped, 'none'), installed)).state).to.equal('missing');
  });
});

describe('the doctor, looking at the clock', () => {
  const at = 1_700_000_000_000;
  const well: ClockReading = {
    drift: 3,
    file: { before: at, stamp: at - 900, after: at + 5 },
    newest: at - 1000,
    server: { says: at - 800, askedAt: at },
    synchronised: true,
    zone: 'Europe/Berlin',
  };

  it('is content while all that tells the time agrees', () => {
    expect(judgeClock(well)).to.include({ state: 'ok', detail: 'synchronised, time zone Europe/Berlin' });
    const alone = { ...well, newest: undefined, server: undefined, synchronised: undefined };
    expect(judgeClock(alone).state).to.equal('ok');
  });

  it('names what disagrees', () => {
    const detail = (change: Partial<ClockReading>): string => {
      const { state, detail: text, remedy } = judgeClock({ ...well, ...change });
      expect([state, remedy === '']).to.deep.equal(['warning', false]);
      return text;
    };
    expect(detail({ drift: -3_600_000 })).to.equal('jumped by -3600.0 s while it was looked at');
    expect(detail({ file: { before: at, stamp: at + 9005, after: at + 5 } })).to.equal(
      'the file system is 9.0 s off',
    );
    expect(detail({ file: { before: at, stamp: at - 9000, after: at + 5 } })).to.equal(
      'the file system is -9.0 s off',
    );
    expect(detail({ newest: at + 7_200_005 })).to.include('7200.0 s in the future: the clock went back');
    expect(detail({ server: { says: at + 60_000, askedAt: at } })).to.include(
      'the running server is 60.0 s off',
    );
    expect(detail({ synchronised: false })).to.include('nothing keeps it right');
  });

  it('reads the one of this machine', async () => {
    const read = await readClock();
    expect(
      judgeClock({ ...read, synchronised: undefined, drift: 0, newest: undefined, server: undefined }).state,
    ).to.equal('ok');
  });
});

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
      detail: '2 files and folders are closed to others',
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

describe('the doctor, looking at the port', () => {
  const servers: Server[] = [];
  const listen = async (server: Server): Promise<number> => {
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  };
  afterEach(() => servers.splice(0).forEach((server) => server.close()));
  const look = (port: number, host = '127.0.0.1') => portFinding({ host, port, secure: false });

  it('names the process that holds it', async function () {
    if (process.platform !== 'linux') this.skip();
    const port = await listen(createServer((socket) => socket.end('hello\r\n')));
    const found = await look(port);
    expect(found).to.include({ state: 'failed', trouble: 'taken' });
    expect(found.detail).to.include(`${port} is held by`).and.include(`(pid ${process.pid})`);
    expect(found.remedy).to.include(`--port ${port + 1}`);
  });

  it('knows a running Maskwatch', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('{"status":"live"}')));
    expect(await look(port)).to.include({ state: 'ok' });
  });

  it('tells a port that may not be opened from an address that is not here', async () => {
    expect((await look(0)).state).to.equal('ok');
    const nowhere = await look(0, '192.0.2.1');
    expect([nowhere.state, nowhere.remedy]).to.deep.equal(['failed', 'correct server.host']);
  });
});

describe('the doctor, looking at a certificate', () => {
  const folders = tempFolders();

  it('says how long it lasts', () => {
    const folder = folders.make();
    mkdirSync(folder, { recursive: true });
    const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
    const made = [
      '-nodes',
      '-subj',
      '/CN=cam.test',
      '-keyout',
      files.keyFile,
      '-out',
      files.certFile,
      '-days',
      '30',
    ];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', ...made],
      {
        stdio: 'ignore',
      },
    );
    const day = 86_400_000;
    const states = [0, 20, 40, -2].map((days) => tlsFinding(files, Date.now() + days * day).state);
    expect(states).to.deep.equal(['ok', 'warning', 'failed', 'failed']);
    expect(tlsFinding(files, Date.now()).detail).to.equal('CN=cam.test, 29 days left');
    writeFileSync(files.keyFile, 'no key');
    expect(tlsFinding(files, Date.now())).to.include({ state: 'failed', trouble: 'configuration' });
  });
});
