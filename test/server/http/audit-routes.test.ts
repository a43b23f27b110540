import { expect } from 'chai';
import type { AuditPage } from '../../../server/http/access-api.js';
import { AccessBench, phrase } from '../../helpers/access-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the audit log', () => {
  const folders = tempFolders();
  let bench: AccessBench;
  let admin: { cookie: string };

  beforeEach(async () => {
    bench = new AccessBench(folders.make(), folders.make());
    await bench.listen();
    await bench.account('ada', 'admin');
    admin = await bench.signIn('ada');
  });
  afterEach(() => bench.close());

  const read = async (query = ''): Promise<AuditPage> => {
    const reply = await bench.ask('get', `/api/audit${query}`, admin);
    expect(reply.status).to.equal(200);
    return reply.body as AuditPage;
  };

  it('says who did what to which camera, from where and with what outcome, the newest first', async () => {
    await bench.ask('post', '/api/session').send({ name: 'ada', password: 'not her password' });
    await bench.ask('post', '/api/users', admin).send({ name: 'otto', role: 'viewer', password: phrase });
    const otto = await bench.signIn('otto');
    await bench.ask('delete', '/api/cameras/door', otto);
    await bench.ask('patch', '/api/cameras/door', admin).send({ name: 'Front door' });
    await bench.ask('get', '/api/cameras', admin);
    await bench.ask('delete', '/api/cameras/door');
    const { entries } = await read();
    expect(
      entries.map(({ actor, action, cameraId, subject, status }) =>
        [actor.kind, actor.name, action, cameraId ?? '-', subject ?? '-', status].join(' | '),
      ),
    ).to.deep.equal([
      'user | ada | PATCH /api/cameras/:id | door | - | 200',
      'user | otto | DELETE /api/cameras/:id | door | - | 403',
      'user | otto | sign-in | - | - | 200',
      'user | ada | POST /api/users | - | otto | 201',
      'anonymous | ada | sign-in | - | - | 401',
      'user | ada | sign-in | - | - | 200',
    ]);
    for (const { address, at } of entries) {
      expect(address).to.equal('127.0.0.1');
      expect(Math.abs(Date.now() - at)).to.be.below(60_000);
    }
  });

  it('is read page by page, and by actor, camera and time', async () => {
    for (let turn = 0; turn < 7; turn++) {
      bench.http.options.audit.record({
        at: 1000 + turn,
        actorKind: 'user',
        actor: turn % 2 === 0 ? 'even' : 'odd',
        action: `turn ${turn}`,
        cameraId: turn < 3 ? 'door' : 'hall',
        address: '203.0.113.9',
        status: 200,
      });
    }
    const actions = ({ entries }: AuditPage): string[] => entries.map(({ action }) => action);
    const first = await read('?limit=3');
    expect(actions(first)).to.deep.equal(['turn 6', 'turn 5', 'turn 4']);
    const second = await read(`?limit=3&after=${first.next ?? ''}`);
    expect(actions(second)).to.deep.equal(['turn 3', 'turn 2', 'turn 1']);
    const third = await read(`?limit=3&after=${second.next ?? ''}`);
    expect(actions(third)).to.deep.equal(['turn 0', 'sign-in']);
    expect(third).not.to.have.property('next');
    expect(actions(await read('?actor=odd'))).to.deep.equal(['turn 5', 'turn 3', 'turn 1']);
    expect(actions(await read('?camera=door'))).to.deep.equal(['turn 2', 'turn 1', 'turn 0']);
    expect(actions(await read('?from=1002&to=1004'))).to.deep.equal(['turn 3', 'turn 2']);
    expect((await bench.ask('get', '/api/audit?limit=0', admin)).status).to.equal(400);
    expect((await bench.ask('get', '/api/audit?after=x', admin)).status).to.equal(400);
  });

  it('is for admins alone', async () => {
    for (const role of ['operator', 'viewer', 'publisher'] as const) {
      await bench.account(role, role);
      expect((await bench.ask('get', '/api/audit', await bench.signIn(role))).status, role).to.equal(403);
    }
    expect((await bench.ask('get', '/api/audit')).status).to.equal(401);
  });

  it('keeps every entry on one line of bounded length, whatever a name holds', async () => {
    await bench.ask('post', '/api/session').send({ name: 'eve\n2026 ada signed in', password: phrase });
    const [entry] = (await read()).entries;
    expect(entry?.actor.name).to.equal('eve 2026 ada signed in');
  });
});
