import { expect } from 'chai';
import type { Express } from 'express';
import request from 'supertest';
import { type Caller, localOwner, type Permission, permissionsOf } from '../../../server/access/caller.js';
import type { Account } from '../../../server/access/account-store.js';
import type { TokenInput } from '../../../server/access/tokens.js';
import { createHttpApp, routeTable } from '../../../server/http/create-http-app.js';
import type { Route } from '../../../server/http/route.js';
import { checkEventTable, eventTable } from '../../../server/realtime/event-table.js';
import { door, HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

/** What each kind of caller may do at all, and which of the two cameras exist for it. */
interface Subject {
  readonly headers: Readonly<Record<string, string>>;
  readonly may: ReadonlySet<Permission>;
  readonly door: boolean;
}

const nothing = new Set<Permission>(['public']);

/** Methods whose handler is not reached, because its input cannot be right: what counts is that the checks let it pass. */
const passed = (status: number): boolean => status !== 401 && status !== 403;

describe('access to every route', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  let subjects: Map<string, Subject>;

  beforeEach(async () => {
    bench = new HttpBench(folders.make(), folders.make());
    bench.cameras.set('gate', { ...door, id: 'gate', name: 'Gate', address: 'rtsp://10.0.0.6/1' });
    const { access } = bench;
    // It no longer sweeps away what has expired, which must be refused by itself.
    access.close();
    const make = (name: string, role: Account['role'], cameras?: readonly string[]) =>
      access.accounts.add({ name, role, password: `a phrase for the ${role}`, cameras });
    const admin = await make('ada', 'admin');
    const visitor = { address: '127.0.0.1', secure: false, port: '1', forwarded: false, agent: '' };
    const cookie = (account: Account): Record<string, string> => ({
      cookie: `maskwatch-session-1=${access.sessions.open({ account: account.id }, visitor).secret}`,
      origin: 'http://127.0.0.1:1',
      host: '127.0.0.1:1',
    });
    const bearer = (input: Partial<TokenInput>, revoke: boolean): Record<string, string> => {
      const by: Caller = { ...localOwner, grounds: { account: admin.id } };
      const { token, secret } = access.tokens.add(by, {
        name: 't',
        permissions: ['view', 'admin'],
        ...input,
      });
      if (revoke) access.tokens.remove(token.id);
      return { authorization: `Bearer ${secret}` };
    };
    const { secret } = access.links.makePublish('door', 'ada', Date.now() + 60_000);
    const link = access.links.redeem(secret, visitor).secret;
    subjects = new Map<string, Subject>([
      ['anonymous', { headers: {}, may: nothing, door: true }],
      [
        'viewer of the door',
        { headers: cookie(await make('vd', 'viewer', ['door'])), may: permissionsOf('viewer'), door: true },
      ],
      [
        'viewer of the gate',
        { headers: cookie(await make('vg', 'viewer', ['gate'])), may: permissionsOf('viewer'), door: false },
      ],
      [
        'operator',
        { headers: cookie(await make('op', 'operator')), may: permissionsOf('operator'), door: true },
      ],
      [
        'operator of the gate',
        {
          headers: cookie(await make('og', 'operator', ['gate'])),
          may: permissionsOf('operator'),
          door: false,
        },
      ],
      [
        'publisher',
        { headers: cookie(await make('pub', 'publisher')), may: permissionsOf('publisher'), door: true },
      ],
      [
        'publisher to the gate',
        {
          headers: cookie(await make('pg', 'publisher', ['gate'])),
          may: permissionsOf('publisher'),
          door: false,
        },
      ],
      [
        'publish link',
        {
          headers: { cookie: `maskwatch-link-1=${link}`, origin: 'http://127.0.0.1:1', host: '127.0.0.1:1' },
          may: permissionsOf('publisher'),
          door: true,
        },
      ],
      ['admin', { headers: cookie(admin), may: permissionsOf('admin'), door: true }],
      [
        'token to view the gate',
        {
          headers: bearer({ permissions: ['view'], cameras: ['gate'] }, false),
          may: new Set<Permission>(['public', 'known', 'view']),
          door: false,
        },
      ],
      [
        'token to publish',
        {
          headers: bearer({ permissions: ['publish'] }, false),
          may: new Set<Permission>(['public', 'known', 'publish']),
          door: true,
        },
      ],
      ['revoked token', { headers: bearer({}, true), may: nothing, door: true }],
      ['expired token', { headers: bearer({ expiresAt: Date.now() - 1 }, false), may: nothing, door: true }],
    ]);
  });
  afterEach(() => bench.close());

  it('is what the table declares, for every kind of caller and every route', async function () {
    this.timeout(60_000);
    const app = createHttpApp({ ...bench.options, identify: bench.access.identify });
    const wrong: string[] = [];
    for (const [name, subject] of subjects) {
      for (const entry of routeTable(bench.options)) {
        if (endsTheCaller(entry)) continue;
        const { path, query } = addressOf(entry, 'door');
        const attempt = send(app, entry, path + query).set(subject.headers);
        const reply = await (entry.method === 'get' ? attempt : attempt.send());
        const { status } = reply;
        const hidden = entry.camera !== undefined && !subject.door;
        const { code } = reply.body as { code?: string };
        const expected = !subject.may.has(entry.permission)
          ? subject.may.has('known')
            ? 403
            : 401
          : hidden
            ? 404
            : 'passes';
        const right =
          expected === 'passes'
            ? passed(status) || code === 'no-account'
            : status === expected && (expected !== 404 || code === 'camera-not-found');
        if (!right)
          wrong.push(`${name}: ${entry.method} ${entry.path} → ${status} ${String(code)}, not ${expected}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('answers about a hidden camera exactly as about a missing one', async () => {
    const app = createHttpApp({ ...bench.options, identify: bench.access.identify });
    const headers = subjects.get('operator of the gate')?.headers ?? {};
    for (const entry of routeTable(bench.options)) {
      if (entry.camera === undefined || !permissionsOf('operator').has(entry.permission)) continue;
      const ask = async (camera: string) => {
        const { path, query } = addressOf(entry, camera);
        const reply = await send(app, entry, path + query).set(headers);
        return { status: reply.status, ...(reply.body as object), requestId: '' };
      };
      expect(await ask('door'), entry.path).to.deep.equal(await ask('nowhere'));
    }
  });

  it('leaves hidden cameras out of every answer about all of them', async () => {
    const app = createHttpApp({ ...bench.options, identify: bench.access.identify });
    const headers = subjects.get('viewer of the gate')?.headers ?? {};
    for (const entry of routeTable(bench.options)) {
      if (entry.method !== 'get' || entry.path.includes(':') || entry.permission !== 'view') continue;
      const { text } = await request(app).get(entry.path).set(headers);
      expect(text, entry.path).not.to.match(/"door"|10\.0\.0\.5/);
    }
  });

  it('is never given by what stands in an address', async () => {
    const app = createHttpApp({ ...bench.options, identify: bench.access.identify });
    const { secret } = bench.access.tokens.add(localOwner, { name: 't', permissions: ['view'] });
    for (const name of ['token', 'access_token', 'auth', 'authorization', 'session', 'maskwatch-session']) {
      const { status } = await request(app).get(`/api/cameras?${name}=${secret}`);
      expect(status, name).to.equal(401);
    }
    expect((await request(app).get('/api/cameras').set('authorization', `Bearer ${secret}`)).status).to.equal(
      200,
    );
  });

  it('is refused to a page of elsewhere that has the cookie of a victim', async () => {
    const app = createHttpApp({ ...bench.options, identify: bench.access.identify });
    const { cookie = '', host = '' } = subjects.get('admin')?.headers ?? {};
    const pages: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:2' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      {},
    ];
    for (const entry of routeTable(bench.options)) {
      if (entry.method === 'get') continue;
      for (const page of pages) {
        const { path } = addressOf(entry, 'door');
        const { status } = await send(app, entry, path)
          .set({ ...page, cookie, host })
          .send();
        expect(status, `${entry.method} ${entry.path} ${JSON.stringify(page)}`).to.equal(403);
      }
    }
    expect(bench.cameras.has('door')).to.equal(true);
  });

  it('is declared for every message of a socket, or the server does not start', () => {
    expect(Object.entries(eventTable)).to.deep.equal([['subscribe', { permission: 'view' }]]);
    expect(() => checkEventTable({ subscribe: {} })).to.throw('declares no permission');
  });
});

function send(app: Express, { method }: Route, path: string): request.Test {
  const agent = request(app);
  return agent[method](path);
}

/** Whether a route ends the very access that the test goes on with. */
function endsTheCaller({ method, path }: Route): boolean {
  return (
    (method === 'delete' && path === '/api/session') || (method === 'delete' && path === '/api/cameras/:id')
  );
}

function addressOf({ path, camera }: Route, cameraId: string): { path: string; query: string } {
  const filled = path.replace(/:(\w+)/g, (_all, field: string) =>
    camera?.in === 'params' && camera.field === field ? cameraId : 'nothing',
  );
  return { path: filled, query: camera?.in === 'query' ? `?${camera.field}=${cameraId}` : '' };
}
