import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { PasswordHasher } from '../../../../server/access/password-hasher.js';
import { startAccess } from '../../../../server/access/start-access.js';
import { configSchema } from '../../../../server/config/schema.js';
import type { Health } from '../../../../server/http/api.js';
import { keyFileName } from '../../../../server/secrets/secret-key.js';
import { openDatabase } from '../../../../server/storage/open-database.js';
import { untilAnswer } from '../../../helpers/await-event.js';
import { cliArguments, maskwatch, maskwatchHere } from '../../../helpers/cli.js';
import { descendantsOf } from '../../../helpers/living-processes.js';
import { startServer } from '../../../helpers/server-process.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

const terminalProgram = '/usr/bin/script';
const [password, key] = ['correct horse battery', 'sixteen letters and more'];

function post(url: string, path: string, body: object, cookie = ''): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify(body),
  });
}

describe('maskwatch serve', function () {
  this.timeout(120_000);
  const folders = tempFolders();

  /**
   * Runs a server on a real terminal, lets somebody do something with the link that it shows, and presses Ctrl-C.
   *
   * @returns all that the terminal showed
   */
  async function onTerminal(
    env: NodeJS.ProcessEnv,
    act: (url: string, secret: string) => Promise<void>,
  ): Promise<string> {
    const line = ['serve', '--no-demo', '--port', '0', '--data', folders.make(), '--log-level', 'debug'];
    const typed = [process.execPath, ...cliArguments, ...line].map((word) => `'${word}'`).join(' ');
    const child = spawn(terminalProgram, ['-qec', `exec ${typed}`, '/dev/null'], {
      env: { ...process.env, ...env },
    });
    const closed = once(child, 'close');
    let shown = '';
    const link = new Promise<RegExpExecArray>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
        const found = /by this link: (http:\/\/[^\s/]+)\/setup#([\w-]{43})\s/.exec(shown);
        if (found !== null) resolve(found);
      });
      child.once('close', () => reject(new Error(`it ended and had shown no link:\n${shown}`)));
    });
    try {
      const [, url = '', secret = ''] = await link;
      await act(url, secret);
    } finally {
      child.stdin.write('\u0003');
      await closed;
    }
    expect(child.exitCode).to.equal(0);
    return shown;
  }

  it('shows the link for the first account on a terminal, with a log in colours unless NO_COLOR says otherwise', async function () {
    if (!existsSync(terminalProgram)) this.skip();
    const [colourful, plain] = await Promise.all([
      onTerminal({ NO_COLOR: '', CI: undefined }, async (url, token) => {
        const made = await post(url, '/api/setup', { name: 'ada', password, token });
        expect(made.ok, await made.clone().text()).to.equal(true);
        const again = await post(url, '/api/setup', { name: 'eve', password, token });
        expect(again.ok).to.equal(false);
      }),
      onTerminal({ NO_COLOR: '1' }, () => Promise.resolve()),
    ]);
    expect(colourful).to.include('\u001b[');
    expect(plain).to.include('Maskwatch is at http');
    expect(plain).not.to.include('\u001b[');
  });

  it('makes the first account of a password file and takes its key from the service manager', async () => {
    const [secrets, credentials] = [folders.make(), folders.make()];
    const passwordFile = join(secrets, 'password');
    writeFileSync(passwordFile, `${password}\n`);
    writeFileSync(join(credentials, 'maskwatch-secret-key'), `${key}\n`);
    const variables = { MASKWATCH_ADMIN_PASSWORD_FILE: passwordFile, CREDENTIALS_DIRECTORY: credentials };
    const args = ['--no-demo', '--log-level', 'trace'];
    const dataDir = folders.make();
    const server = await startServer(args, dataDir, variables);
    try {
      const signedIn = await post(server.url, '/api/session', { name: 'admin', password });
      expect(signedIn.status).to.equal(200);
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
      const camera = { id: 'door', name: 'Door', url: 'rtsp://user:Canary@127.0.0.1:9/1', enabled: false };
      expect((await post(server.url, '/api/cameras', camera, cookie)).status).to.equal(201);
      expect(existsSync(join(dataDir, keyFileName))).to.equal(false);
      expect(server.log()).to.include('the first account was made from the password file');
      await untilAnswer(
        async () => {
          const reply = await fetch(`${server.url}/api/health`, { headers: { cookie } });
          return ((await reply.json()) as Health).analysis.length;
        },
        (processes) => processes > 0,
      );
      const children = await descendantsOf(server.pid);
      expect(children).not.to.deep.equal([]);
      const known = children.map(({ pid }) => readFileSync(`/proc/${pid}/environ`, 'utf8')).join('\n');
      expect(known).not.to.match(/MASKWATCH_|CREDENTIALS_DIRECTORY/);
    } finally {
      await server.stop();
    }
    for (const secret of [password, key]) expect(server.log() + server.said()).not.to.include(secret);

    // The file is for the first account alone: it changes no password afterwards.
    const db = openDatabase(dataDir);
    const log = { info: () => undefined, error: () => undefined };
    const started = { server: configSchema.parse({}).server, log, now: Date.now };
    const access = await startAccess(db, { ...started, adminPassword: 'another horse battery' });
    const [admin, ...others] = access.accounts.list();
    expect(others).to.deep.equal([]);
    expect(await new PasswordHasher().verify(admin?.passwordHash, password)).to.equal(true);
    access.close();
    db.close();
  });

  it('ends with the exit code of what stands in its way, and says it in a line', async () => {
    const serve = (...args: string[]) => maskwatchHere(['serve', '--no-demo', '--port', '0', ...args]);
    const wrong = join(folders.make(), 'config.yaml');
    writeFileSync(wrong, 'server:\n  port: many\n');
    const damaged = folders.make();
    writeFileSync(join(damaged, 'maskwatch.db'), 'this was a database once '.repeat(500));
    const shortKey = folders.make();
    writeFileSync(join(shortKey, keyFileName), 'too short\n');
    const held = folders.make();
    const database = openDatabase(held);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      for (const [code, said, args] of [
        [2, /:2: server\.port/, ['--config', wrong]],
        [2, /config\.yaml/, ['--config', '/nowhere/config.yaml']],
        [2, /must have at least 16 characters/, ['--data', shortKey]],
        [3, /damaged|not a database/, ['--data', damaged]],
        [5, /another|uses|taken/i, ['--data', held]],
        [5, /port|taken|in use/i, ['--data', folders.make(), '--port', String(port)]],
      ] as const) {
        const result = await serve(...args);
        expect(result, args.join(' ')).to.include({ code, stdout: '' });
        expect(result.stderr, args.join(' ')).to.match(said).and.not.include('    at ');
      }
    } finally {
      database.close();
      other.close();
    }
    const weak = join(folders.make(), 'password');
    writeFileSync(weak, 'short\n');
    const refused = await maskwatch(['serve', '--no-demo', '--port', '0', '--data', folders.make()], {
      env: { MASKWATCH_ADMIN_PASSWORD_FILE: weak },
    });
    expect(refused).to.include({ code: 2, stdout: '' });
    expect(refused.stderr).to.include('The password must have at least 10 characters.');
  });
});
