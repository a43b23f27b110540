import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { readTlsFiles, type TlsFiles, TlsFilesError, watchTlsFiles } from '../../../server/http/tls-files.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const run = promisify(execFile);

/** A self-signed certificate for that name, with its key. */
async function makeFiles(folder: string, name: string): Promise<TlsFiles> {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const made = ['-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', keyFile, '-out', certFile];
  await run('openssl', ['req', '-x509', ...curve, ...made]);
  return { certFile, keyFile };
}

/** The name on the certificate that a server shows to a new connection. */
async function nameShownBy(server: Server): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return CN;
}

describe('certificate files', () => {
  const folders = tempFolders();

  it('are taken up while the server runs, and unusable ones leave the old certificate in place', async () => {
    const folder = folders.make();
    const used = await makeFiles(folder, 'first');
    const renewed = await makeFiles(folder, 'second');
    const server = createServer(readTlsFiles(used));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    let told: () => void = () => undefined;
    const next = () => new Promise<void>((resolve) => (told = resolve));
    const problems: unknown[] = [];
    const stop = watchTlsFiles(
      used,
      (identity) => {
        server.setSecureContext(identity);
        told();
      },
      (error) => {
        problems.push(error);
        told();
      },
      20,
    );
    try {
      expect(await nameShownBy(server)).to.equal('first');
      const noticed = next();
      // As renewal does it: one file after the other, and in between they do not belong together.
      copyFileSync(renewed.certFile, used.certFile);
      await noticed;
      expect(problems[0]).to.be.instanceOf(TlsFilesError);
      expect(await nameShownBy(server)).to.equal('first');
      const taken = next();
      copyFileSync(renewed.keyFile, used.keyFile);
      await taken;
      expect(await nameShownBy(server)).to.equal('second');
    } finally {
      stop();
      server.close();
    }
  });

  it('that cannot be used are named with the reason', async () => {
    const folder = folders.make();
    const files = await makeFiles(folder, 'first');
    writeFileSync(files.certFile, 'no certificate');
    expect(() => readTlsFiles(files)).to.throw(TlsFilesError, files.certFile);
    expect(() => readTlsFiles({ ...files, keyFile: join(folder, 'missing') })).to.throw(
      TlsFilesError,
      'ENOENT',
    );
  });
});
