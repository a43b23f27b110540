import { expect } from 'chai';
import supertest from 'supertest';
import type { AlertPage, AlertRule } from '../../../server/http/alert-api.js';
import type { Problem } from '../../../server/http/api.js';
import type { SinkView } from '../../../server/http/sink-api.js';
import type { ZoneList } from '../../../server/http/zone-api.js';
import type { Alert } from '../../../server/realtime/events.js';
import { ruleOf } from '../../helpers/alert-rules.js';
import { door, HttpBench, ownPort } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

/** What came back. */
interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

const square = [
  { x: 0.1, y: 0.1 },
  { x: 0.5, y: 0.1 },
  { x: 0.5, y: 0.5 },
];
const bow = [
  { x: 0.1, y: 0.1 },
  { x: 0.5, y: 0.5 },
  { x: 0.5, y: 0.1 },
  { x: 0.1, y: 0.5 },
];

describe('the routes about zones, alerts and sinks', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  beforeEach(() => {
    bench = new HttpBench(folders.make(), folders.make());
  });
  afterEach(() => bench.close());

  const send = async <T>(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: object,
  ): Promise<Answer<T>> => {
    const request = supertest(bench.app)[method](path).set('Host', 'localhost');
    const answer = await (body === undefined ? request : request.send(body));
    return { status: answer.status, body: answer.body as T };
  };
  const zones = (list: object[], camera = 'door') =>
    send<ZoneList & Problem>('put', `/api/cameras/${camera}/zones`, { zones: list });

  it('draw zones, give them ids, and keep them', async () => {
    const drawn = await zones([
      { name: 'Entrée', kind: 'area', points: square },
      { name: 'Gate', kind: 'line', points: square.slice(0, 2), anchor: 'bottom' },
    ]);
    expect(drawn.status).to.equal(200);
    expect(drawn.body.zones.map(({ id, anchor }) => [id, anchor])).to.deep.equal([
      ['entree', 'centre'],
      ['gate', 'bottom'],
    ]);
    expect((await send('get', '/api/cameras/door/zones')).body).to.deep.equal(drawn.body);
    const { body } = await send<{ cameras: { areas: object[]; lines: object[] }[] }>('get', '/api/zones/now');
    expect(body.cameras[0]?.areas).to.have.length(1);
    expect(body.cameras[0]?.lines).to.have.length(1);
    expect((await zones([], 'none')).status).to.equal(404);
  });

  it('refuse shapes that mean nothing, and say which', async () => {
    const wrong = async (zone: object) => (await zones([zone])).body.detail;
    expect(await wrong({ name: 'A', kind: 'area', points: bow })).to.equal(
      '/zones/0/points: must not cross itself',
    );
    expect(await wrong({ name: 'A', kind: 'area', points: square.slice(1) })).to.contain('at least three');
    expect(await wrong({ name: 'A', kind: 'line', points: square })).to.contain('two ends');
    expect(
      await wrong({ name: 'A', kind: 'area', points: square.map(({ x, y }) => ({ x: x / 99, y: y / 99 })) }),
    ).to.contain('too small');
    expect(await wrong({ name: 'A', kind: 'area', points: [...square, { x: 1.5, y: 0 }] })).to.contain(
      'within the picture',
    );
    const twice = { name: 'A', kind: 'area', points: square };
    expect((await zones([twice, { ...twice, name: 'a' }])).body.detail).to.equal(
      '/zones/1/name: is used twice',
    );
    expect((await zones(Array.from({ length: 17 }, (_, i) => ({ ...twice, name: `${i}` })))).status).to.equal(
      400,
    );
  });

  it('bring privacy areas into force, also those of a webcam', async () => {
    const hidden = { name: 'Till', kind: 'privacy', points: square };
    await zones([{ name: 'A', kind: 'area', points: square }]);
    expect(bench.masked).to.deep.equal([]);
    await zones([hidden]);
    expect(bench.masked).to.deep.equal(['door']);
    await zones([{ ...hidden, name: 'Other name' }]);
    expect(bench.masked).to.deep.equal(['door']);
    bench.cameras.set('laptop', { ...door, id: 'laptop', kind: 'webcam' });
    expect((await zones([hidden], 'laptop')).status).to.equal(200);
    expect(bench.masked).to.deep.equal(['door', 'laptop']);
  });

  it('keep rules, and refuse those of places that do not exist', async () => {
    await zones([{ name: 'Ward', kind: 'area', points: square }]);
    const made = await send<AlertRule>('post', '/api/alert-rules', ruleOf({ zoneId: 'ward' }));
    expect(made.status).to.equal(201);
    const path = `/api/alert-rules/${made.body.ruleId}`;
    const changed = await send<AlertRule>('put', path, ruleOf({ name: 'Other' }));
    expect(changed.body).to.deep.equal({ ...ruleOf({ name: 'Other' }), ruleId: made.body.ruleId });
    const broken = async (rule: object) =>
      (await send<Problem>('post', '/api/alert-rules', { ...ruleOf(), ...rule })).body.detail;
    expect(await broken({ zoneId: 'none' })).to.equal('/zoneId: is no area of this camera');
    expect(await broken({ cameraId: 'none' })).to.equal('/cameraId: is no camera');
    expect(await broken({ cameraId: '*', zoneId: 'ward' })).to.contain('belongs to one camera');
    expect(await broken({ quietHours: { from: '22:00', to: '6:00', timeZone: 'UTC' } })).to.contain(
      'such as 22:00',
    );
    expect(await broken({ quietHours: { from: '22:00', to: '06:00', timeZone: 'Mars' } })).to.contain(
      'time zone',
    );
    expect((await send('delete', path)).status).to.equal(204);
    expect((await send('delete', path)).status).to.equal(404);
  });

  it('page through the inbox, filter it, and acknowledge with a note', async () => {
    const alert = (number: number): Alert => ({
      ...{ alertId: `a${number}`, ruleId: 'r', ruleName: 'Rule', kind: 'unmasked-person' },
      ...{ cameraId: number % 2 === 0 ? 'door' : 'hall', cameraName: 'Door', raisedAt: 1000 + number },
      ...{ value: 1, worst: 1, limit: 0, quiet: false },
      severity: number < 3 ? 'critical' : 'warning',
      people: { mask: 0, no_mask: 1, incorrect: 0, unknown: 0 },
      ...(number < 2 ? { clearedAt: 5000 } : {}),
    });
    for (let number = 0; number < 5; number++) bench.journal.putAlert(alert(number));
    bench.journal.flush();
    const ids = async (query: string) => {
      const { body } = await send<AlertPage>('get', `/api/alerts?${query}`);
      return body.alerts.map(({ alertId }) => alertId).join(' ');
    };
    const first = (await send<AlertPage>('get', '/api/alerts?limit=2')).body;
    expect([first.alerts.length, first.unseen]).to.deep.equal([2, 5]);
    expect(await ids(`limit=2&after=${first.next ?? ''}`)).to.equal('a2 a1');
    expect(await ids('state=open')).to.equal('a4 a3 a2');
    expect(await ids('severity=critical&camera=door')).to.equal('a2 a0');
    const seen = await send<Alert>('post', '/api/alerts/a3/acknowledge', { note: ' checked ' });
    expect(seen.body.acknowledged).to.include({ by: 'local', note: 'checked' });
    bench.journal.flush();
    expect(await ids('state=unseen')).to.equal('a4 a2 a1 a0');
    expect((await send('post', '/api/alerts/none/acknowledge', {})).status).to.equal(404);
    expect((await send('get', '/api/alerts?after=nonsense')).status).to.equal(400);
  });

  it('keep no sink whose address may not be called, and name the field', async () => {
    const mqtt = { kind: 'mqtt', topic: 't', discovery: false, discoveryTopic: 'h', verifyCertificate: true };
    const mail = {
      ...{ kind: 'email', port: 25, security: 'none', verifyCertificate: true },
      ...{ from: 'a@example.org', to: ['b@example.org'] },
    };
    for (const [settings, pointer] of [
      [{ kind: 'webhook', url: 'http://169.254.169.254/' }, '/settings/url'],
      [{ ...mqtt, url: 'ws://169.254.169.254/' }, '/settings/url'],
      [{ ...mqtt, url: `ws://127.0.0.1:${ownPort}/` }, '/settings/url'],
      [{ ...mail, host: '100.100.100.200' }, '/settings/host'],
      [{ ...mail, host: 'fe80::1' }, '/settings/host'],
      [{ ...mail, host: 'localhost', port: ownPort }, '/settings/host'],
    ] as const) {
      const input = { name: 'Bad', enabled: true, settings };
      const refused = await send<Problem>('post', '/api/sinks', input);
      expect([refused.status, refused.body.errors?.[0]?.pointer], JSON.stringify(settings)).to.deep.equal([
        400,
        pointer,
      ]);
    }
    expect((await send<{ sinks: object[] }>('get', '/api/sinks')).body.sinks).to.deep.equal([]);
    const good = { name: 'Boss', enabled: false, settings: { ...mail, host: '127.0.0.1', port: 1 } };
    const made = await send<SinkView>('post', '/api/sinks', good);
    expect(made.status).to.equal(201);
    const path = `/api/sinks/${made.body.sinkId}`;
    const moved = { ...good, settings: { ...mail, host: '169.254.1.1' } };
    expect((await send('put', path, moved)).status).to.equal(400);
    expect((await send('put', path, good)).status).to.equal(200);
  });

  it('keep sinks without ever showing their secret', async () => {
    const settings = { kind: 'webhook', url: 'http://127.0.0.1:9/hook' };
    const input = { name: 'Hook', enabled: false, settings, secret: 'correct horse battery' };
    const made = await send<SinkView>('post', '/api/sinks', input);
    expect(made.body).to.deep.include({ name: 'Hook', hasSecret: true, waiting: 0, dead: 0, sent: 0 });
    const { secret, ...kept } = input;
    const path = `/api/sinks/${made.body.sinkId}`;
    expect((await send<SinkView>('put', path, kept)).body.hasSecret).to.equal(true);
    expect(JSON.stringify((await send('get', '/api/sinks')).body)).not.to.contain(secret);
    expect((await send<SinkView>('put', path, { ...kept, secret: '' })).body.hasSecret).to.equal(false);
    expect((await send('get', `${path}/outbox`)).body).to.deep.equal({ items: [] });
    expect((await send('post', `${path}/replay`, {})).body).to.deep.equal({ queued: 0 });
    expect((await send<Problem>('post', '/api/sinks', { ...input, secret: 'short' })).body.detail).to.contain(
      '16',
    );
    const inside = { ...input, settings: { kind: 'webhook', url: 'http://u:p@host/' } };
    expect((await send<Problem>('post', '/api/sinks', inside)).body.detail).to.contain('without user');
    const tried = await send<{ ok: boolean; detail: string }>('post', '/api/sinks/test', input);
    expect(tried.body.ok).to.equal(false);
    expect(tried.body.detail).to.match(/refused/i);
    expect((await send('delete', path)).status).to.equal(204);
    expect((await send('get', `${path}/outbox`)).status).to.equal(404);
  });
});
