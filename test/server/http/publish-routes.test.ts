import { expect } from 'chai';
import { AccessBench, cookieFrom } from '../../helpers/access-bench.js';
import { door } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const offer = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n';

describe('sending a webcam', () => {
  const folders = tempFolders();
  let bench: AccessBench;
  let admin: { cookie: string };

  beforeEach(async () => {
    bench = new AccessBench(folders.make(), folders.make());
    for (const id of ['phone', 'laptop']) {
      bench.http.cameras.set(id, { ...door, id, name: id, kind: 'webcam', address: '' });
    }
    await bench.listen();
    await bench.account('ada', 'admin');
    admin = await bench.signIn('ada');
  });
  afterEach(() => bench.close());

  const makeLink = async (cameraId = 'phone', minutes = 60): Promise<{ id: string; token: string }> => {
    const reply = await bench.ask('post', '/api/publish-links', admin).send({ cameraId, minutes });
    expect(reply.status).to.equal(201);
    const { link, path } = reply.body as { link: { id: string }; path: string };
    return { id: link.id, token: path.replace('/join#', '') };
  };
  const redeem = (token: string) => bench.ask('post', '/api/publish-links/redeem').send({ token });
  const whip = (cameraId: string, headers: Record<string, string>) =>
    bench.ask('post', `/whip/${cameraId}`, { 'content-type': 'application/sdp', ...headers }).send(offer);

  it('is open to publishers, each for its own cameras, and to nobody who only watches', async () => {
    await bench.account('pia', 'publisher', ['phone']);
    await bench.account('vera', 'viewer');
    await bench.account('otto', 'operator');
    const pia = await bench.signIn('pia');
    expect((await bench.ask('get', '/api/publish/cameras', pia)).body).to.deep.equal({
      cameras: [{ id: 'phone', name: 'phone' }],
    });
    expect((await whip('phone', pia)).status).to.equal(201);
    expect((await whip('laptop', pia)).status).to.equal(404);
    expect((await whip('phone', await bench.signIn('vera'))).status).to.equal(403);
    expect((await whip('phone', await bench.signIn('otto'))).status).to.equal(403);
    expect((await whip('phone', {})).status).to.equal(401);
    for (const path of ['/api/cameras', '/api/counts/now', '/api/visits']) {
      expect((await bench.ask('get', path, pia)).status, path).to.equal(403);
    }
    const watch = bench.ask('post', '/whep/phone', { 'content-type': 'application/sdp', ...pia });
    expect((await watch.send(offer)).status).to.equal(403);
  });

  it('by a link is for the first browser that redeems it, and for its camera alone', async () => {
    const { token } = await makeLink();
    const mine = await redeem(token);
    expect(mine.status).to.equal(200);
    expect(mine.body).to.deep.include({ camera: { id: 'phone', name: 'phone' } });
    expect((await redeem(token)).status).to.equal(410);
    const cookie = { cookie: cookieFrom(mine) };
    expect(cookie.cookie).to.match(/^maskwatch-link-/);
    expect((await whip('laptop', cookie)).status).to.equal(404);
    expect((await whip('phone', cookie)).status).to.equal(201);
    expect((await bench.ask('get', '/api/cameras', cookie)).status).to.equal(403);
    expect((await bench.ask('get', '/api/tokens', cookie)).status).to.equal(403);
    expect(bench.http.opened).to.deep.equal(['publish phone']);
  });

  it('by a link goes to one browser when two redeem it at the same moment', async () => {
    const { token } = await makeLink();
    const replies = await Promise.all([redeem(token), redeem(token)]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 410]);
  });

  it('by a link ends when the link does: by its time, by an admin, with its camera', async () => {
    const ends: ((id: string) => unknown)[] = [
      () => {
        bench.ahead += 3_600_000;
        bench.access.links.sweep();
      },
      (id) => bench.ask('delete', `/api/publish-links/${id}`, admin),
      () => bench.access.links.removeOfCamera('phone'),
    ];
    for (const [turn, end] of ends.entries()) {
      const { id, token } = await makeLink();
      const unused = await makeLink();
      const cookie = { cookie: cookieFrom(await redeem(token)) };
      expect((await whip('phone', cookie)).status).to.equal(201);
      await end(id);
      expect(bench.http.closed, `end ${turn}`).to.equal(turn + 1);
      expect((await whip('phone', cookie)).status).to.equal(401);
      if (turn !== 1) expect((await redeem(unused.token)).status).to.equal(410);
      bench.ahead = 0;
    }
  });

  it('by a link is offered by admins alone, and only for webcams', async () => {
    await bench.account('otto', 'operator');
    const otto = await bench.signIn('otto');
    const input = { cameraId: 'phone', minutes: 5 };
    expect((await bench.ask('post', '/api/publish-links', otto).send(input)).status).to.equal(403);
    expect((await bench.ask('get', '/api/publish-links', otto)).status).to.equal(403);
    const wrong = await bench.ask('post', '/api/publish-links', admin).send({ ...input, cameraId: 'door' });
    expect(wrong.body).to.include({ status: 409, code: 'no-webcam' });
    const missing = await bench.ask('post', '/api/publish-links', admin).send({ ...input, cameraId: 'no' });
    expect(missing.status).to.equal(404);
    const long = await bench.ask('post', '/api/publish-links', admin).send({ ...input, minutes: 1e6 });
    expect(long.status).to.equal(400);
  });

  it('by a link leaves its secret in no list and no log', async () => {
    const { token } = await makeLink();
    await redeem(token);
    const list = await bench.ask('get', '/api/publish-links', admin);
    expect(list.body).to.have.nested.property('links.0.used', true);
    expect(list.text + bench.written).not.to.include(token);
  });
});
