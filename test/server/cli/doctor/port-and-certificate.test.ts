import { createSocket } from 'node:dgram';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { judgeOpenFiles, mediaPortsFinding } from '../../../../server/cli/doctor/limit-findings.js';
import { portFinding } from '../../../../server/cli/doctor/port-finding.js';
import { tlsFinding } from '../../../../server/cli/doctor/tls-finding.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

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
    // What it is asked has to be read, or its side of the connection stays open for ever.
    const port = await listen(createServer((socket) => socket.resume().end('hello\r\n')));
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

describe('the doctor, looking at limits', () => {
  it('wants enough open files', () => {
    const limits = (soft: string): string =>
      `Limit  Soft\nMax open files            ${soft}    4096   files\n`;
    const states = ['256', '1024', 'unlimited'].map((soft) => judgeOpenFiles(limits(soft)).state);
    expect(states).to.deep.equal(['warning', 'ok', 'ok']);
    expect(judgeOpenFiles('').state).to.equal('ok');
  });

  it('wants enough ports for video', async () => {
    const holder = createSocket('udp4');
    holder.bind(0);
    await once(holder, 'listening');
    const { port } = holder.address();
    const taken = await mediaPortsFinding([port, port]);
    holder.close();
    expect([taken.state, taken.remedy.includes('webrtc.portRange')]).to.deep.equal(['failed', true]);
  });
});
