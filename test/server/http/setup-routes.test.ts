import { expect } from 'chai';
import { setupLinkMs } from '../../../server/access/links.js';
import { AccessBench, cookieFrom, phrase, strange } from '../../helpers/access-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the first account', () => {
  const folders = tempFolders();
  let bench: AccessBench;
  const start = async (onLoopback: boolean): Promise<void> => {
    bench = new AccessBench(folders.make(), folders.make(), { onLoopback });
    await bench.listen();
  };
  afterEach(() => bench.close());
  const setUp = (name: string, token?: string, headers = {}) =>
    bench
      .ask('post', '/api/setup', headers)
      .send({ name, password: phrase, ...(token === undefined ? {} : { token }) });

  it('is made by whoever has the link, once, and is signed in', async () => {
    await start(false);
    const secret = bench.access.links.makeSetup();
    const made = await setUp('Ada', secret);
    expect(made.status).to.equal(201);
    expect(made.body).to.have.nested.property('caller.name', 'ada');
    expect(await bench.known({ cookie: cookieFrom(made) })).to.equal(200);
    expect(await setUp('eve', secret)).to.have.property('status', 410);
    expect(await setUp('eve')).to.have.property('status', 410);
    expect(bench.access.accounts.list().map(({ name, role }) => `${name} ${role}`)).to.deep.equal([
      'ada admin',
    ]);
  });

  it('is made once also when the link is opened twice at the same moment', async () => {
    await start(false);
    const secret = bench.access.links.makeSetup();
    const replies = await Promise.all([setUp('ada', secret), setUp('eve', secret)]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([201, 410]);
    expect(bench.access.accounts.list()).to.have.length(1);
  });

  it('is refused to strangers, by an old link and by a replaced one', async () => {
    await start(false);
    expect((await setUp('eve')).status).to.equal(410);
    expect((await setUp('eve', strange())).status).to.equal(410);
    const replaced = bench.access.links.makeSetup();
    const current = bench.access.links.makeSetup();
    expect((await setUp('eve', replaced)).status).to.equal(410);
    bench.ahead = setupLinkMs;
    expect((await setUp('eve', current)).status).to.equal(410);
    expect(bench.access.accounts.none).to.equal(true);
  });

  it('does not use the link up with a name or a password that is refused', async () => {
    await start(false);
    const secret = bench.access.links.makeSetup();
    const weak = await bench
      .ask('post', '/api/setup')
      .send({ name: 'ada', password: 'short', token: secret });
    expect(weak.status).to.equal(400);
    expect(weak.body).to.have.nested.property('errors.0.pointer', '/password');
    expect((await setUp('ada', secret)).status).to.equal(201);
  });

  it('leaves neither link nor password in any log', async () => {
    await start(false);
    const secret = bench.access.links.makeSetup();
    await setUp('ada', strange());
    const made = await setUp('ada', secret);
    await bench.ask('get', `/api/session?token=${secret}`);
    const { written } = bench;
    expect(written).to.include('/api/setup').and.include('"ada"');
    for (const hidden of [secret, phrase, cookieFrom(made).split('=')[1] ?? '']) {
      expect(written).not.to.include(hidden);
    }
  });

  it('needs no link from whoever sits at the machine, and then everybody signs in', async () => {
    await start(true);
    expect(await bench.known({})).to.equal(200);
    const foreign = { host: 'masks.example.org', origin: 'http://masks.example.org' };
    expect((await bench.ask('get', '/api/rtc', foreign)).status).to.equal(403);
    for (const mark of ['x-forwarded-for', 'via', 'forwarded', 'x-real-ip']) {
      expect(await bench.known({ [mark]: '127.0.0.1' }), mark).to.equal(401);
      expect(await setUp('eve', undefined, { [mark]: '127.0.0.1' }), mark).to.have.property('status', 410);
    }
    const made = await setUp('ada');
    expect(made.status).to.equal(201);
    expect(await bench.known({})).to.equal(401);
    expect(await bench.known({ cookie: cookieFrom(made) })).to.equal(200);
  });
});
