import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as forward, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { io } from 'socket.io-client';
import request from 'supertest';
import { AccessBench, cookieFrom, phrase } from '../../helpers/access-bench.js';
import type { ClientSocket } from '../../helpers/server-process.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const name = 'masks.example.org';
const page = new URL('../../../docs/reverse-proxy.md', import.meta.url);

/** A proxy of our own that passes everything on, websockets too, as one with TLS in front would. */
function createProxy(target: string): Server {
  const { hostname, port } = new URL(target);
  const headersOf = ({ headers, socket }: IncomingMessage) => ({
    ...headers,
    'x-forwarded-for': `6.6.6.6, ${headers['x-real-browser'] as string}`,
    'x-forwarded-proto': 'https',
    via: `1.1 proxy-${socket.localPort ?? 0}`,
  });
  const server = createServer((asked, answer) => {
    const options = { hostname, port, path: asked.url, method: asked.method, headers: headersOf(asked) };
    asked.pipe(
      forward(options, (got) => {
        answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
        got.pipe(answer);
      }),
    );
  });
  server.on('upgrade', (asked: IncomingMessage, browser) => {
    const upstream = connect(Number(port), hostname, () => {
      const lines = Object.entries(headersOf(asked)).map(([key, value]) => `${key}: ${String(value)}`);
      upstream.write(`GET ${asked.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      upstream.pipe(browser);
      browser.pipe(upstream);
    });
    upstream.on('error', () => browser.destroy());
    upstream.on('close', () => browser.destroy());
    browser.on('error', () => upstream.destroy());
    browser.on('close', () => upstream.destroy());
  });
  return server;
}

/** A TCP port that nobody uses at this moment. */
async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Our page's own `location` for nginx, without TLS: what says "https" says so to the server all the same. */
function nginxConfig(folder: string, port: number, target: string): string {
  const location = /( {2}location \/ \{[^}]+\})/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
  const passed = location
    .replace('http://127.0.0.1:8080', target)
    .replace('X-Forwarded-Proto $scheme', 'X-Forwarded-Proto https');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(folder, kind)};`)
    .join('\n');
  return `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr;
events {}
http { access_log off; ${temporary}
server { listen 127.0.0.1:${port}; server_name ${name};
${passed}
} }`;
}

describe('a reverse proxy in front', () => {
  const folders = tempFolders();
  let bench: AccessBench;

  const start = async (trusted: boolean): Promise<void> => {
    const trustedProxies = trusted ? ['127.0.0.1'] : [];
    bench = new AccessBench(folders.make(), folders.make(), { trustedProxies, allowedHosts: [name] });
    await bench.listen();
    await bench.account('ada', 'admin');
  };
  afterEach(() => bench.close());

  const headers = { host: name, origin: `https://${name}`, 'x-real-browser': '198.51.100.7' };

  /** Signs in through a proxy, opens a socket and gets an event. */
  const use = async (url: string): Promise<string> => {
    const reply = await request(url)
      .post('/api/session')
      .set(headers)
      .send({ name: 'ada', password: phrase });
    expect(reply.status, reply.text).to.equal(200);
    const cookie = cookieFrom(reply);
    const session = await request(url)
      .get('/api/session')
      .set({ ...headers, cookie });
    expect(session.body).to.have.nested.property('caller.name', 'ada');
    const socket: ClientSocket = io(url, {
      ...{ transports: ['websocket'], reconnection: false, forceNew: true },
      extraHeaders: { ...headers, cookie },
    });
    await once(socket as never, 'connect');
    const subscribed = await socket.emitWithAck('subscribe', { cameras: '*', kinds: ['visit'] });
    expect(subscribed).to.include({ ok: true });
    socket.close();
    return cookie;
  };
  const addresses = (): string[] =>
    bench.http.options.audit.read({ limit: 10 }).map(({ action, address }) => `${action} ${address}`);

  it('is believed where it is trusted: the cookie is that of TLS, and the browser has its own address', async () => {
    await start(true);
    const proxy = createProxy(bench.url).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const cookie = await use(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    expect(cookie).to.match(/^__Host-maskwatch-session=/);
    expect(addresses()).to.deep.equal(['subscribe 198.51.100.7', 'sign-in 198.51.100.7']);
    proxy.closeAllConnections();
    proxy.close();
  });

  it('is passed over where it is not trusted: what it says is ignored', async () => {
    await start(false);
    const proxy = createProxy(bench.url).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const cookie = await use(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    expect(cookie).to.match(/^maskwatch-session=/);
    expect(addresses()).to.deep.equal(['subscribe 127.0.0.1', 'sign-in 127.0.0.1']);
    proxy.closeAllConnections();
    proxy.close();
  });

  it('works with nginx as our page sets it up', async function () {
    if (spawnSync('nginx', ['-v']).error !== undefined) this.skip();
    await start(true);
    const folder = folders.make();
    const port = await freePort();
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, nginxConfig(folder, port, bench.url));
    const nginx: ChildProcess = spawn('nginx', ['-c', file, '-p', folder], { stdio: 'ignore' });
    const gone = once(nginx, 'exit');
    try {
      await answering(port);
      const cookie = await use(`http://127.0.0.1:${port}`);
      expect(cookie).to.match(/^__Host-maskwatch-session=/);
    } finally {
      nginx.kill('SIGTERM');
      await gone;
    }
  });
});

/** Resolves when something takes connections on a port. */
async function answering(port: number): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers on port ${port}`);
}
