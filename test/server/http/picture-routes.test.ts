import { expect } from 'chai';
import type { AuditPage } from '../../../server/http/access-api.js';
import { AccessBench } from '../../helpers/access-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the picture of an alert', () => {
  const folders = tempFolders();
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
  let bench: AccessBench;
  before(async () => {
    bench = new AccessBench(folders.make(), folders.make());
    await bench.listen();
    bench.http.pictures.set('a1', { cameraId: 'door', jpeg });
    bench.http.pictures.set('a2', { cameraId: 'hall', jpeg });
    await bench.account('ada', 'admin');
    await bench.account('olga', 'operator', ['door']);
    await bench.account('vera', 'viewer');
  });
  after(() => bench.close());

  const ask = async (name: string, path: string) => bench.ask('get', path, await bench.signIn(name));

  it('is given to operators of its camera, and kept by no cache', async () => {
    const answer = await ask('olga', '/api/alerts/a1/picture');
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal(jpeg);
    expect(answer.headers).to.include({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
  });

  it('is refused to strangers, to viewers, and to operators of other cameras', async () => {
    expect((await bench.ask('get', '/api/alerts/a1/picture')).status).to.equal(401);
    expect((await ask('vera', '/api/alerts/a1/picture')).status).to.equal(403);
    const unseen = await ask('olga', '/api/alerts/a2/picture');
    const missing = await ask('olga', '/api/alerts/a9/picture');
    expect([unseen.status, missing.status]).to.deep.equal([404, 404]);
    expect(unseen.body).to.deep.include({ code: 'picture-not-found' });
  });

  it('leaves every look, granted or refused, in the audit log', async () => {
    const answer = await ask('ada', '/api/audit?limit=100');
    const looks = (answer.body as AuditPage).entries
      .filter(({ action }) => action === 'GET /api/alerts/:id/picture')
      .map(({ actor, subject, status }) => `${actor.name} ${subject ?? ''} ${status}`);
    expect(looks.reverse()).to.deep.equal([
      'olga a1 at door 200',
      'vera a1 403',
      'olga a2 404',
      'olga a9 404',
    ]);
  });
});
