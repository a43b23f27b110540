import { expect } from 'chai';
import request from 'supertest';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the HTTP interface among hostile clients', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  beforeEach(() => {
    bench = new HttpBench(folders.make(), folders.make());
  });
  afterEach(() => bench.close());

  it('answers hostile input with 4xx and stays well', async () => {
    const json = (body: string | Buffer) =>
      request(bench.app).post('/api/cameras').set('content-type', 'application/json').send(body);
    const hostile: [request.Test, number][] = [
      [json('{'), 400],
      [json(Buffer.from([0x22, 0xff, 0xfe, 0x22])).serialize((sent: unknown) => sent as string), 400],
      [json('[]'), 400],
      [json('null'), 400],
      [json('{"__proto__":{"polluted":1},"name":"a","url":"x"}'), 400],
      [json('{"constructor":{"prototype":{"polluted":1}},"name":"a","url":"x"}'), 400],
      [json(`${'['.repeat(40_000)}${']'.repeat(40_000)}`), 400],
      [json(`{"name":"${'a'.repeat(200_000)}"}`), 413],
      [request(bench.app).post('/api/cameras').send('name=a'), 415],
      [json('{}').set('content-encoding', 'gzip'), 415],
      [request(bench.app).get(`/api/cameras/${'x'.repeat(10_000)}`), 404],
      [request(bench.app).get('/api/cameras/__proto__'), 404],
      [request(bench.app).get('/api/cameras/constructor'), 404],
      [request(bench.app).get('/api/cameras/%ff'), 400],
      [request(bench.app).get('/api/visits?camera=__proto__'), 400],
      [request(bench.app).get('/api/visits?__proto__=1'), 400],
      [request(bench.app).get('/api/visits?after=AAAA'), 400],
      [request(bench.app).put('/api/cameras'), 405],
      [request(bench.app).delete('/whep/door/__proto__'), 404],
    ];
    for (const [attempt, status] of hostile) {
      const response = await attempt;
      expect([response.status, response.type, attempt.url.slice(0, 80)]).to.deep.equal([
        status,
        'application/problem+json',
        attempt.url.slice(0, 80),
      ]);
      expect(response.text.length).to.be.lessThan(4096);
    }
    expect(bench.logged).to.deep.equal([]);
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });

  it('refuses foreign pages and foreign names', async () => {
    const refused: Record<string, string>[] = [
      { host: 'evil.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    ];
    for (const headers of refused) {
      expect(
        (await request(bench.app).get('/api/cameras').set(headers)).status,
        JSON.stringify(headers),
      ).to.equal(403);
    }
    const visited = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', accept: 'text/html' };
    expect((await request(bench.app).get('/').set(visited)).status).to.equal(200);
    const own = { host: 'localhost:8080', origin: 'http://localhost:8080' };
    expect((await request(bench.app).get('/api/cameras').set(own)).status).to.equal(200);
  });
});
