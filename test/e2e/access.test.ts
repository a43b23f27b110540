import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { io } from 'socket.io-client';
import { build } from 'vite';
import { type Access, createAccess } from '../../server/access/access.js';
import { createHttpApp } from '../../server/http/create-http-app.js';
import { createHttpListener, type HttpListener } from '../../server/http/http-server.js';
import { createRealtime, type Realtime } from '../../server/realtime/create-realtime.js';
import { createJournal } from '../../server/storage/journal.js';
import { chromiumPath, launchBrowser } from '../helpers/browser.js';
import { hearComplaints } from '../helpers/hear-complaints.js';
import { HttpBench } from '../helpers/http-bench.js';
import type { ClientSocket } from '../helpers/server-process.js';

const run = promisify(execFile);
const viteConfig = fileURLToPath(new URL('../../client/vite.config.ts', import.meta.url));
const password = 'correct horse battery';

describe('signing in over TLS with a real browser', function () {
  this.timeout(120_000);
  let folder: string;
  let bench: HttpBench;
  let access: Access;
  let listener: HttpListener;
  let realtime: Realtime;
  let browser: Browser;
  let url: string;
  let adminId: string;
  let end: () => void;

  before(async function () {
    if (!existsSync(chromiumPath)) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-access-'));
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    await run('openssl', [
      'req',
      '-x509',
      ...ec,
      '-nodes',
      '-days',
      '2',
      ...subject,
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ]);
    const client = join(folder, 'client');
    await build({ configFile: viteConfig, logLevel: 'error', build: { outDir: client } });
    const spare = await mkdtemp(join(folder, 'spare-'));
    bench = new HttpBench(await mkdtemp(join(folder, 'data-')), spare);
    const onProblem = (error: unknown) => bench.logged.push(error);
    bench.access.close();
    // As on a network: nobody is let in for sitting at the machine.
    access = createAccess(bench.db, {
      now: Date.now,
      onLoopback: false,
      trustedProxies: [],
      onProblem,
    });
    const app = createHttpApp({ ...bench.options, access, identify: access.identify, clientFolder: client });
    listener = createHttpListener(app, { tls: { certFile, keyFile }, onProblem });
    const journal = createJournal(bench.db);
    const allow = (): boolean => true;
    realtime = createRealtime(listener.server, { journal, allow, identify: access.identify });
    access.revocations.on((ground, id) => realtime.endOf(ground, id));
    url = `https://localhost:${await listener.listen('localhost', 0)}`;
    adminId = (await access.accounts.add({ name: 'ada', password, role: 'admin' })).id;
    end = () => void access.accounts.change(adminId, { password: `${password} staple` });
    browser = await launchBrowser();
    closers.push(() => {
      access.close();
      journal.close();
    });
  });

  const closers: (() => void)[] = [];
  after(async () => {
    await browser.close();
    await realtime.close();
    await listener.close();
    for (const close of closers) close();
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks who it is, lets in at the page that was wanted, and is signed out when the password changes', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
    const page = await context.newPage();
    const complaints: string[] = [];
    // The wrong password, and whoever was signed out.
    hearComplaints(page, complaints, [/^Failed to load resource: .* status of 401 |WebSocket/]);
    await page.goto(`${url}/account`);
    await page.getByTestId('sign-in-page').waitFor();
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill('wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByTestId('account-page').waitFor();
    await page.getByText('this browser').waitFor();
    const [cookie] = await context.cookies();
    expect(cookie).to.include({
      name: `__Host-maskwatch-session-${new URL(url).port}`,
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
    });

    const socket: ClientSocket = io(url, {
      transports: ['websocket'],
      rejectUnauthorized: false,
      reconnection: false,
      extraHeaders: { cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` },
    });
    await once(socket as never, 'connect');
    const gone = once(socket as never, 'disconnect', { signal: AbortSignal.timeout(2000) });
    end();
    await gone;
    await page.reload();
    await page.getByTestId('sign-in-page').waitFor();
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  it('lets an admin limit an account to a camera, end a publish link, and read who did it', async () => {
    const { accounts, links } = access;
    await accounts.add({ name: 'otto', password, role: 'operator' });
    links.makePublish('door', 'ada', Date.now() + 3_600_000);
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en' });
    const page = await context.newPage();
    await page.goto(`${url}/users`);
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill(`${password} staple`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const row = page.getByTestId('user-otto');
    await row.locator('summary', { hasText: 'Cameras of otto' }).click();
    await row.getByLabel('Door').check();
    await row.getByRole('button', { name: 'Save the cameras of otto' }).click();
    await row.getByText('otto · door').waitFor();
    expect(accounts.byName('otto')?.cameras).to.deep.equal(['door']);
    await page.getByRole('button', { name: 'End the link to Door' }).click();
    await page.getByText('There is no publish link.').waitFor();
    expect(links.list()).to.deep.equal([]);

    await page.goto(`${url}/audit`);
    const entries = page.getByTestId('audit-entry');
    await entries.filter({ hasText: 'DELETE /api/publish-links/:id' }).waitFor();
    expect(await entries.filter({ hasText: 'PATCH /api/users/:id' }).textContent()).to.match(
      /ada.*otto.*200/,
    );
    await page.getByLabel('Who').fill('nobody');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Nothing is recorded that fits').waitFor();
    await context.close();
  });

  it('opens no socket without a cookie or a token that holds', async () => {
    for (const auth of [{}, { token: 'mwt_nonsense' }, { token: { $ne: '' } }]) {
      const socket: ClientSocket = io(url, {
        transports: ['websocket'],
        rejectUnauthorized: false,
        reconnection: false,
        forceNew: true,
        auth,
      });
      const [error] = (await once(socket as never, 'connect_error')) as [Error & { data?: unknown }];
      expect(error.data).to.deep.equal({ code: 'sign-in-needed' });
      socket.close();
    }
  });
});
