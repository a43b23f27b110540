import { once } from 'node:events';
import { expect } from 'chai';
import { io } from 'socket.io-client';
import { AccessBench, cookieFrom, phrase, strange } from '../../helpers/access-bench.js';
import type { ClientSocket } from '../../helpers/server-process.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('sessions over HTTP', () => {
  const folders = tempFolders();
  let bench: AccessBench;

  beforeEach(async () => {
    bench = new AccessBench(folders.make(), folders.make());
    await bench.listen();
    await bench.account('ada', 'admin');
  });
  afterEach(() => bench.close());

  const socketOf = async (headers: Record<string, string>, auth = {}): Promise<ClientSocket> => {
    const socket: ClientSocket = io(bench.url, {
      ...{ transports: ['websocket'], reconnection: false, forceNew: true },
      extraHeaders: headers,
      auth,
    });
    await once(socket as never, 'connect');
    return socket;
  };
  const cutOff = (socket: ClientSocket) =>
    once(socket as never, 'disconnect', { signal: AbortSignal.timeout(10_000) });

  it('rest on a cookie that scripts cannot read and other sites cannot use', async () => {
    const reply = await bench.ask('post', '/api/session').send({ name: 'ada', password: phrase });
    const [cookie = ''] = reply.headers['set-cookie'] as unknown as string[];
    const port = new URL(bench.url).port;
    expect(cookie).to.match(
      new RegExp(`^maskwatch-session-${port}=[\\w-]{43}; Path=/; Max-Age=86400; HttpOnly; SameSite=Strict$`),
    );
    expect(reply.headers['cache-control']).to.equal('no-store');
    expect(reply.body).to.deep.include({ accounts: true });
    expect(await bench.known({ cookie: cookieFrom(reply) })).to.equal(200);
  });

  it('begin anew at each sign-in: the id from before is dead, and so is one that was planted', async () => {
    const before = await bench.signIn('ada');
    const reply = await bench.ask('post', '/api/session', before).send({ name: 'ada', password: phrase });
    const after = { cookie: cookieFrom(reply) };
    expect(after.cookie).not.to.equal(before.cookie);
    expect(await bench.known(before)).to.equal(401);
    expect(await bench.known(after)).to.equal(200);
    const planted = { cookie: `${after.cookie.split('=')[0] ?? ''}=${strange()}` };
    const again = await bench.ask('post', '/api/session', planted).send({ name: 'ada', password: phrase });
    expect(cookieFrom(again)).not.to.equal(planted.cookie);
    expect(await bench.known(planted)).to.equal(401);
  });

  it('end with the word, on the server too', async () => {
    const headers = await bench.signIn('ada');
    const reply = await bench.ask('delete', '/api/session', headers);
    expect(reply.status).to.equal(204);
    expect(reply.headers['set-cookie']?.[0]).to.match(/=; Path=\/; Max-Age=0;/);
    expect(await bench.known(headers)).to.equal(401);
  });

  it('all end when the password changes, but for a new one of the browser that changed it; sockets go at once', async () => {
    const [here, there] = [await bench.signIn('ada'), await bench.signIn('ada')];
    const socket = await socketOf(there);
    const gone = cutOff(socket);
    const wrong = { current: 'something else', password: `${phrase} staple` };
    expect((await bench.ask('post', '/api/account/password', here).send(wrong)).status).to.equal(401);
    const change = { current: phrase, password: `${phrase} staple` };
    const reply = await bench.ask('post', '/api/account/password', here).send(change);
    expect(reply.status).to.equal(204);
    await gone;
    expect(await bench.known(here)).to.equal(401);
    expect(await bench.known(there)).to.equal(401);
    expect(await bench.known({ cookie: cookieFrom(reply) })).to.equal(200);
  });

  it('end with a change of role and with the account, and so do the sockets of its tokens', async () => {
    const admin = await bench.signIn('ada');
    const { id } = await bench.account('otto', 'operator');
    const otto = await bench.signIn('otto');
    const token = await bench
      .ask('post', '/api/tokens', otto)
      .send({ name: 'script', permissions: ['view'] });
    const { secret } = token.body as { secret: string };
    const both = [await socketOf(otto), await socketOf({}, { token: secret })];
    let gone = Promise.all(both.map(cutOff));
    await bench.ask('patch', `/api/users/${id}`, admin).send({ role: 'viewer' });
    await gone;
    expect(await bench.known(otto)).to.equal(401);
    expect(await bench.known({ authorization: `Bearer ${secret}` })).to.equal(200);

    const again = [await socketOf(await bench.signIn('otto')), await socketOf({}, { token: secret })];
    gone = Promise.all(again.map(cutOff));
    expect((await bench.ask('delete', `/api/users/${id}`, admin)).status).to.equal(204);
    await gone;
    expect(await bench.known({ authorization: `Bearer ${secret}` })).to.equal(401);
  });

  it('of one account are listed without what would let somebody in, and end one by one', async () => {
    const [here, there] = [await bench.signIn('ada'), await bench.signIn('ada')];
    const reply = await bench.ask('get', '/api/account/sessions', here);
    const { sessions } = reply.body as { sessions: { id: string; current: boolean; address: string }[] };
    expect(sessions.map(({ current }) => current).sort()).to.deep.equal([false, true]);
    expect(reply.text).not.to.include(there.cookie.split('=')[1]);
    const other = sessions.find(({ current }) => !current)?.id ?? '';
    await bench.account('otto', 'operator');
    const otto = await bench.signIn('otto');
    expect((await bench.ask('delete', `/api/account/sessions/${other}`, otto)).status).to.equal(404);
    expect((await bench.ask('delete', `/api/account/sessions/${other}`, here)).status).to.equal(204);
    expect(await bench.known(there)).to.equal(401);
    expect(await bench.known(here)).to.equal(200);
  });

  it('of two servers on one machine leave each other alone', async () => {
    const other = new AccessBench(folders.make(), folders.make());
    await other.listen();
    await other.account('bob', 'admin');
    // As a browser does: one jar for the host, whatever the port.
    const jar = [(await bench.signIn('ada')).cookie, (await other.signIn('bob')).cookie].join('; ');
    const nameAt = async (one: AccessBench): Promise<unknown> =>
      (await one.ask('get', '/api/session', { cookie: jar })).body as unknown;
    expect(await nameAt(bench)).to.have.nested.property('caller.name', 'ada');
    expect(await nameAt(other)).to.have.nested.property('caller.name', 'bob');
    await other.close();
  });

  it('are not to be had by trying, also not from addresses that one only claims', async () => {
    const statuses: number[] = [];
    let last;
    for (let turn = 0; turn < 7; turn++) {
      last = await bench
        .ask('post', '/api/session', {
          'x-forwarded-for': `198.51.100.${turn}`,
          forwarded: `for=6.6.6.${turn}`,
        })
        .send({ name: 'ada', password: `wrong password ${turn}` });
      statuses.push(last.status);
    }
    expect(statuses).to.deep.equal([401, 401, 401, 401, 401, 429, 429]);
    expect(Number(last?.headers['retry-after'])).to.be.within(1, 15);
    expect(last?.body).to.include({ code: 'too-many-tries' });
    // The right password does not help either, until the wait is over.
    const right = await bench.ask('post', '/api/session').send({ name: 'ada', password: phrase });
    expect(right.status).to.equal(429);
    const unknown = await bench.ask('post', '/api/session').send({ name: 'nobody', password: phrase });
    expect(unknown.status).to.equal(401);
  });

  it('of a token open what the token may, and end with it', async () => {
    const headers = await bench.signIn('ada');
    const made = await bench
      .ask('post', '/api/tokens', headers)
      .send({ name: 'script', permissions: ['view'], cameras: ['hall'] });
    const { secret, token } = made.body as { secret: string; token: { id: string } };
    const bearer = { authorization: `Bearer ${secret}` };
    expect((await bench.ask('get', '/api/cameras', bearer)).body).to.deep.equal({ cameras: [] });
    expect((await bench.ask('get', '/api/users', bearer)).status).to.equal(403);
    expect(
      (await bench.ask('post', '/api/tokens', bearer).send({ name: 'x', permissions: ['view'] })).status,
    ).to.equal(403);
    const socket = await socketOf({}, { token: secret });
    const gone = cutOff(socket);
    expect((await bench.ask('delete', `/api/tokens/${token.id}`, headers)).status).to.equal(204);
    await gone;
    expect(await bench.known(bearer)).to.equal(401);
    // A token that does not hold is not helped by a cookie that does.
    expect(await bench.known({ ...headers, ...bearer })).to.equal(401);
  });
});
