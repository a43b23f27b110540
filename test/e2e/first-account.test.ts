import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { firstAccountHint } from '../../server/cli/first-account.js';
import { maskwatch } from '../helpers/cli.js';
import { tempFolders } from '../helpers/temp-folder.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';

describe('the first account of a server without a terminal', function () {
  this.timeout(120_000);
  const folders = tempFolders();
  const phrase = 'seven green doors';
  const onNetwork = ['--host', '0.0.0.0', '--no-demo'];

  const setUp = (server: ServerProcess, token?: string): Promise<Response> =>
    server.send('POST', '/api/setup', {
      ...{ name: 'ada', password: phrase },
      ...(token === undefined ? {} : { token }),
    });

  it('is made by the link of the command that the log names; the log itself holds no link', async () => {
    const server = await startServer(onNetwork);
    try {
      const said = `maskwatch user setup-link --data ${server.dataDir}`;
      while (!server.log().includes(said)) await server.get('/health/live');
      expect(server.log()).not.to.include('/setup#');
      expect((await setUp(server)).status).to.equal(410);
      const { stdout } = await maskwatch(said.split(' ').slice(1));
      expect(stdout).to.match(/^\/setup#\S+\n$/);
      expect((await setUp(server, stdout.trim().slice('/setup#'.length))).status).to.equal(201);
      expect(server.log()).not.to.include(stdout.trim().slice('/setup#'.length));
    } finally {
      await server.dispose();
    }
  });

  it('is made of the file of MASKWATCH_ADMIN_PASSWORD_FILE, and nothing is asked for then', async () => {
    const file = join(folders.make(), 'password');
    await writeFile(file, `${phrase}\n`);
    const server = await startServer(onNetwork, undefined, { MASKWATCH_ADMIN_PASSWORD_FILE: file });
    try {
      await rm(file);
      const signIn = await server.send('POST', '/api/session', { name: 'admin', password: phrase });
      expect(signIn.status).to.equal(200);
      expect(server.log()).to.include('the first account was made').and.not.include('setup-link');
      expect(server.log()).not.to.include(phrase);
    } finally {
      await server.dispose();
    }
  });

  it('needs no word where whoever sits at the machine is the owner', () => {
    const tell = (host: string, trustedProxies: string[] = []) =>
      firstAccountHint({ host, trustedProxies }, '/data');
    expect(tell('127.0.0.1')).to.equal(undefined);
    expect(tell('localhost')).to.equal(undefined);
    expect(tell('192.168.1.4')).to.include('setup-link --data /data');
    // Who comes through a proxy does not sit at the machine.
    expect(tell('127.0.0.1', ['127.0.0.1'])).to.include('setup-link --data /data');
  });
});
