import { expect } from 'chai';
import request from 'supertest';
import type { ModelList, Problem } from '../../../server/http/api.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the routes of the mask classifiers', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  beforeEach(() => {
    bench = new HttpBench(folders.make(), folders.make());
  });
  afterEach(() => bench.close());

  it('answer a choice with the new list', async () => {
    const reply = await request(bench.app).put('/api/models/active').send({ name: 'other' });
    expect(reply.status).to.equal(200);
    expect((reply.body as ModelList).active).to.equal('other');
  });

  it('answer refusals with problem documents', async () => {
    const unknown = await request(bench.app).put('/api/models/active').send({ name: '../../etc' });
    expect([unknown.status, (unknown.body as Problem).code]).to.deep.equal([404, 'model-not-found']);
    const empty = await request(bench.app).put('/api/models/active').send({ name: '', path: '/tmp' });
    expect(empty.status).to.equal(400);
    expect((empty.body as Problem).errors?.map(({ pointer }) => pointer)).to.have.members(['/name', '/path']);
    const back = await request(bench.app).post('/api/models/rollback');
    expect([back.status, (back.body as Problem).code]).to.deep.equal([409, 'nothing-to-roll-back']);
  });
});
