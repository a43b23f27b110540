import { expect } from 'chai';
import request from 'supertest';
import { anonymous, type Caller, localOwner } from '../../../server/access/caller.js';
import { createHttpApp, routeTable } from '../../../server/http/create-http-app.js';
import { mountRoutes } from '../../../server/http/mount-routes.js';
import type { Route } from '../../../server/http/route.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import { createVisitStore } from '../../../server/storage/visit-store.js';
import { door, HttpBench } from '../../helpers/http-bench.js';
import { visit } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the HTTP interface', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  beforeEach(() => {
    bench = new HttpBench(folders.make(), folders.make());
  });
  afterEach(() => bench.close());

  it('answers every route of its table, uncached, with strict headers', async () => {
    for (const path of [
      '/api/health',
      '/health',
      '/api/cameras',
      '/api/counts/now',
      '/api/counts',
      '/api/visits',
      '/api/models',
      '/api/rtc',
    ]) {
      const reply = await request(bench.app).get(path);
      const status = reply.status;
      const headers = reply.headers as Record<string, string>;
      expect([path, status]).to.deep.equal([path, 200]);
      expect(headers['cache-control']).to.equal('no-store');
      expect(headers['content-security-policy'])
        .to.include("default-src 'self'")
        .and.include("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.to.include('unsafe');
      expect(headers['x-content-type-options']).to.equal('nosniff');
      expect(headers).not.to.have.property('x-powered-by');
    }
  });

  it('starts no route without a permission, nor one declared twice', () => {
    const table = routeTable(bench.options);
    const [first] = table;
    if (first === undefined) throw new Error('empty');
    const open = { ...first, permission: undefined } as unknown as Route;
    expect(() => mountRoutes([open], () => localOwner)).to.throw('declares no permission');
    expect(() => mountRoutes([first, first], () => localOwner)).to.throw('declared twice');
  });

  it('asks for the permission of every route', async () => {
    const guest: Caller = { ...localOwner, kind: 'user', may: new Set() };
    for (const [caller, expected] of [
      [anonymous, 401],
      [guest, 403],
    ] as const) {
      const closedApp = createHttpApp({ ...bench.options, identify: () => caller });
      for (const { method, path, permission } of routeTable(bench.options)) {
        if (caller.may.has(permission)) continue;
        const { status } = await request(closedApp)[method](path.replace(/:\w+/g, 'door'));
        expect([method, path, status]).to.deep.equal([method, path, expected]);
      }
    }
  });

  it('shows a caller only its own cameras', async () => {
    const gatekeeper: Caller = { ...localOwner, kind: 'user', cameras: new Set(['gate']) };
    const app = createHttpApp({ ...bench.options, identify: () => gatekeeper });
    expect((await request(app).get('/api/cameras')).body).to.deep.equal({ cameras: [] });
    const ask = (path: string) => request(app).get(path).set('X-Request-Id', 'the-same-for-both');
    const hidden = await ask('/api/cameras/door');
    const missing = await ask('/api/cameras/nowhere');
    expect([hidden.status, hidden.body]).to.deep.equal([404, missing.body]);
    expect((await request(app).get('/api/visits?camera=door')).status).to.equal(404);
  });

  it('adds, shows, changes and removes cameras', async () => {
    const added = await request(bench.app).post('/api/cameras').send({ name: 'Hall', url: 'rtsp://x/1' });
    expect([added.status, added.headers.location]).to.deep.equal([201, '/api/cameras/made']);
    expect((await request(bench.app).get('/api/cameras/door')).body).to.deep.equal(door);
    const changed = await request(bench.app).patch('/api/cameras/door').send({ name: 'Gate' });
    expect(changed.body).to.include({ name: 'Gate' });
    expect((await request(bench.app).delete('/api/cameras/door')).status).to.equal(204);
    expect((await request(bench.app).delete('/api/cameras/door')).status).to.equal(404);
    expect((await request(bench.app).post('/api/cameras/probe').send({ url: 'x' })).body).to.include({
      ok: true,
    });
  });

  it('names the bad field and its rule in a problem document', async () => {
    const reply = await request(bench.app).post('/api/cameras').send({ name: '', url: 'x', fps: '9', b: 1 });
    const status = reply.status;
    const body = reply.body as unknown;
    const type = reply.type;
    expect([status, type]).to.deep.equal([400, 'application/problem+json']);
    expect(body).to.include({ code: 'invalid-field', status: 400, title: 'Bad Request' });
    const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect(pointers).to.have.members(['/name', '/fps', '/b']);
    const field = await request(bench.app).post('/api/cameras').send({ name: 'a', url: 'gopher:x' });
    expect(field.body).to.deep.include({ errors: [{ pointer: '/url', detail: 'has an unknown scheme' }] });
    const twice = await request(bench.app).post('/api/cameras').send({ id: 'door', name: 'a', url: 'x' });
    expect([twice.status, (twice.body as { code: string }).code]).to.deep.equal([409, 'camera-exists']);
  });

  it('tells nothing of an unexpected error but logs it', async () => {
    const reply = await request(bench.app).post('/api/cameras').send({ name: 'boom', url: 'x' });
    const status = reply.status;
    const text = reply.text;
    expect(status).to.equal(500);
    expect(text).to.include('internal-error').and.not.include('secret');
    expect(bench.logged).to.have.length(1);
  });

  it('pages through visits, newest first, each once', async () => {
    const store = createVisitStore(bench.db);
    for (let i = 0; i < 25; i++)
      store.put(visit(`v${String(i).padStart(2, '0')}`, { firstSeenAt: 1000 + (i >> 1), lastSeenAt: 2000 }));
    const seen: string[] = [];
    let after = '';
    do {
      const reply = await request(bench.app).get(`/api/visits?limit=7${after}`);
      const body = reply.body as unknown;
      const page = body as { visits: { visitId: string }[]; next?: string };
      seen.push(...page.visits.map(({ visitId }) => visitId));
      after = page.next === undefined ? '' : `&after=${page.next}`;
    } while (after !== '');
    expect(seen).to.deep.equal(Array.from({ length: 25 }, (_, i) => `v${String(24 - i).padStart(2, '0')}`));
  });

  it('gives counts by bucket and refuses endless ranges', async () => {
    createBucketStore(bench.db).add('door', 1_700_000_040_000, {
      people: { mask: 1, no_mask: 0, incorrect: 0, unknown: 0 },
      watchedMs: 60_000,
    });
    const reply = await request(bench.app).get('/api/counts?camera=door&bucket=minute');
    const body = reply.body as unknown;
    expect((body as { buckets: unknown[] }).buckets).to.have.length(1);
    for (const query of [
      'from=0&to=1700000000000',
      'from=9&to=3',
      'bucket=year',
      'from=x',
      'from=1&from=2',
      'a=1',
    ]) {
      expect([query, (await request(bench.app).get(`/api/counts?${query}`)).status]).to.deep.equal([
        query,
        400,
      ]);
    }
  });

  it('opens and ends WHIP and WHEP sessions at addresses that cannot be guessed', async () => {
    const offer = (path: string) =>
      request(bench.app).post(path).set('content-type', 'application/sdp').send('v=0\r\n');
    const view = await offer('/whep/door');
    expect([view.status, view.type, view.text]).to.deep.equal([201, 'application/sdp', 'v=0\r\nanswer']);
    const location = String(view.headers.location);
    expect(location).to.match(/^\/whep\/door\/[\w-]{32}$/);
    expect((await offer('/whep/door')).status).to.equal(201);
    const third = await offer('/whep/door');
    expect([third.status, third.headers['retry-after']]).to.deep.equal([429, '5']);
    expect((await request(bench.app).delete(location.replace('whep', 'whip'))).status).to.equal(404);
    expect((await request(bench.app).delete(location)).status).to.equal(204);
    expect((await request(bench.app).delete(location)).status).to.equal(404);
    expect((await offer('/whip/door')).status).to.equal(201);
    expect((await offer('/whip/nobody')).status).to.equal(404);
    expect(bench.opened).to.deep.equal(['view door', 'view door', 'publish door']);
    await bench.options.sessions.close();
    expect(bench.closed).to.equal(3);
    expect((await offer('/whep/door')).status).to.equal(503);
  });

  it('refuses offers that are none', async () => {
    const post = () => request(bench.app).post('/whep/door');
    expect((await post().set('content-type', 'application/json').send('{}')).status).to.equal(415);
    expect((await post().set('content-type', 'application/sdp').send('hello')).status).to.equal(400);
    const sdp = post().set('content-type', 'application/sdp').set('accept', 'text/html');
    expect((await sdp.send('v=0')).status).to.equal(406);
    const big = post().set('content-type', 'application/sdp');
    expect((await big.send(`v=0${'x'.repeat(200_000)}`)).status).to.equal(413);
  });

  it('serves the dashboard for page addresses, hashed files for a year', async () => {
    for (const path of ['/', '/camera/door']) {
      const page = await request(bench.app).get(path).set('accept', 'text/html');
      expect([path, page.status, page.headers['cache-control']]).to.deep.equal([path, 200, 'no-cache']);
      expect(page.text).to.include('<title>page</title>');
    }
    const asset = await request(bench.app).get('/assets/app-abc123.js');
    expect(asset.headers['cache-control']).to.equal('public, max-age=31536000, immutable');
    for (const path of ['/assets/none.js', '/api/none', '/../package.json', '/none.js']) {
      const reply = await request(bench.app).get(path);
      const status = reply.status;
      const type = reply.type;
      expect([path, status, type]).to.deep.equal([path, 404, 'application/problem+json']);
    }
  });
});
