import { expect } from 'chai';
import request from 'supertest';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

interface Problem {
  readonly code: string;
  readonly detail: string;
}

describe('the routes that try pictures and clips out', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  beforeEach(() => {
    bench = new HttpBench(folders.make(), folders.make());
  });
  afterEach(() => bench.close());

  it('hand a picture over whole and tell what is wrong with it', async () => {
    const reply = await request(bench.app)
      .post('/api/try/picture')
      .set('Content-Type', 'image/png')
      .send(Buffer.alloc(200_000, 7));
    expect([reply.status, (reply.body as Problem).detail]).to.deep.equal([422, '200000 bytes']);
  });

  it('refuse another type, nothing, too much and what is compressed', async () => {
    const post = (type: string) => request(bench.app).post('/api/try/picture').set('Content-Type', type);
    const replies = await Promise.all([
      post('text/plain').send('hello'),
      post('image/png').send(Buffer.alloc(0)),
      post('image/png').set('Content-Length', '16000000').send(Buffer.alloc(16_000_000)),
      post('image/png').set('Content-Encoding', 'gzip').send(Buffer.alloc(10)),
    ]);
    expect(replies.map(({ status }) => status)).to.deep.equal([415, 400, 413, 415]);
  });

  it('fetch no picture from this machine, from private networks or of another scheme', async () => {
    for (const url of [
      'http://127.0.0.1/a.png',
      'http://[::1]/a.png',
      'http://192.168.1.2/a.png',
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
      'nonsense',
    ]) {
      const reply = await request(bench.app).post('/api/try/url').send({ url });
      expect([url, reply.status, (reply.body as Problem).code]).to.deep.equal([url, 400, 'address-refused']);
    }
  });

  it('take a clip in, run it with other settings and delete it', async () => {
    const added = await request(bench.app)
      .post('/api/replays')
      .set('Content-Type', 'video/mp4')
      .send(Buffer.alloc(3_000_000));
    expect([added.status, added.headers.location]).to.deep.equal([201, '/api/replays/clip']);
    const run = await request(bench.app).post('/api/replays/clip/runs').send({ fps: 5 });
    expect(run.status).to.equal(202);
    expect((run.body as { runs: unknown }).runs).to.deep.equal([
      {
        request: { fps: 5, frameSide: 640, detector: 'maskwatch-h', classifier: 'x' },
        state: 'waiting',
        atMs: 0,
      },
    ]);
    const points = [
      { x: 0.1, y: 0.5 },
      { x: 0.9, y: 0.5 },
    ];
    const line = { name: 'Way in', kind: 'line', points };
    const zoned = await request(bench.app)
      .post('/api/replays/clip/runs')
      .send({ zones: [line] });
    expect(zoned.body).to.have.nested.property('runs[0].request.zones[0].id', 'way-in');
    const hidden = await request(bench.app)
      .post('/api/replays/clip/runs')
      .send({ zones: [{ ...line, kind: 'privacy', points: [...points, { x: 0.5, y: 0.9 }] }] });
    expect([hidden.status, (hidden.body as Problem).detail]).to.deep.equal([
      400,
      '/zones: must be areas and lines only',
    ]);
    const picture = await request(bench.app).get('/api/replays/clip/picture');
    expect([picture.status, picture.type]).to.deep.equal([200, 'image/jpeg']);
    expect((await request(bench.app).get('/api/replays/other/picture')).status).to.equal(404);
    const wrong = await request(bench.app).post('/api/replays/clip/runs').send({ fps: 500 });
    expect([wrong.status, (wrong.body as Problem).detail.startsWith('/fps')]).to.deep.equal([400, true]);
    expect((await request(bench.app).delete('/api/replays/clip')).status).to.equal(204);
    expect((await request(bench.app).get('/api/replays/other')).status).to.equal(404);
  });
});
