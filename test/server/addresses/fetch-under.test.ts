import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { picturePolicy, webhookPolicy } from '../../../server/addresses/address-policy.js';
import { FetchError } from '../../../server/addresses/fetch-error.js';
import { fetchUnder } from '../../../server/addresses/fetch-under.js';
import { RefusedAddressError } from '../../../server/addresses/refused-address-error.js';

const limits = { timeoutMs: 2000, maxBytes: 1000 };

describe('a fetch under a policy', () => {
  let server: Server;
  let answer: RequestListener;
  let asked: string[];
  let base: string;

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (asked = []));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const failure = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof FetchError || error instanceof RefusedAddressError ? error.code : String(error);
  };

  it('brings the answer', async () => {
    answer = (request, response) => {
      response.writeHead(201, { 'X-Said': request.headers['x-say'] ?? '' }).end('hello');
    };
    const { status, headers, body } = await fetchUnder(webhookPolicy(), `${base}/hook`, limits, {
      method: 'POST',
      headers: { 'x-say': 'yes' },
      body: '{}',
    });
    expect([status, headers['x-said'], body.toString()]).to.deep.equal([201, 'yes', 'hello']);
  });

  it('connects to the address that was checked, not to what the name says later', async () => {
    answer = (request, response) => response.end(request.headers.host);
    let calls = 0;
    const lookup = () => {
      calls += 1;
      return Promise.resolve([{ address: calls === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }]);
    };
    const url = base.replace('127.0.0.1', 'rebound.example');
    const { body } = await fetchUnder(webhookPolicy(), url, limits, { lookup });
    expect(body.toString()).to.equal(new URL(url).host);
    expect(calls).to.equal(1);
  });

  it('opens no connection to an address of a forbidden network, also behind a name', async () => {
    const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const url = base.replace('127.0.0.1', 'rebound.example');
    expect(await failure(fetchUnder(picturePolicy(), url, limits, { lookup }))).to.equal('forbidden-network');
    expect(asked).to.deep.equal([]);
  });

  it('follows no redirect unless asked to, and checks each one', async () => {
    answer = (request, response) => {
      if (request.url === '/here') response.writeHead(302, { location: '/there' }).end();
      else if (request.url === '/away')
        response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
      else response.end('arrived');
    };
    const policy = webhookPolicy();
    expect(await failure(fetchUnder(policy, `${base}/here`, limits))).to.equal('redirect');
    const followed = await fetchUnder(policy, `${base}/here`, { ...limits, redirects: 1 });
    expect(followed.body.toString()).to.equal('arrived');
    expect(await failure(fetchUnder(policy, `${base}/away`, { ...limits, redirects: 1 }))).to.equal(
      'forbidden-network',
    );
    expect(await failure(fetchUnder(policy, `${base}/file`, { ...limits, redirects: 1 }))).to.equal(
      'malformed',
    );
    asked = [];
    expect(await failure(fetchUnder(policy, `${base}/round`, { ...limits, redirects: 3 }))).to.equal(
      'redirect',
    );
    expect(asked).to.have.lengthOf(4);
  });

  it('ends at its limits of size and time', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(1001));
    expect(await failure(fetchUnder(webhookPolicy(), base, limits))).to.equal('too-large');
    answer = (_request, response) => {
      response.writeHead(200);
      const write = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(300), () => setImmediate(write));
      };
      write();
    };
    expect(await failure(fetchUnder(webhookPolicy(), base, limits))).to.equal('too-large');
    answer = () => undefined;
    expect(await failure(fetchUnder(webhookPolicy(), base, { ...limits, timeoutMs: 100 }))).to.equal(
      'timed-out',
    );
    const never = () => new Promise<never>(() => undefined);
    const url = base.replace('127.0.0.1', 'slow.example');
    expect(
      await failure(fetchUnder(webhookPolicy(), url, { ...limits, timeoutMs: 100 }, { lookup: never })),
    ).to.equal('timed-out');
  });
});
