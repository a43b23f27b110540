import { expect } from 'chai';
import { io } from 'socket.io-client';
import type { AuditEntry } from '../../../server/audit/audit-log.js';
import type { SubscribeReply, SubscribeRequest } from '../../../server/realtime/events.js';
import { AccessBench } from '../../helpers/access-bench.js';
import type { ClientSocket } from '../../helpers/server-process.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('a look at people', () => {
  const folders = tempFolders();
  let bench: AccessBench;
  let admin: { cookie: string };
  const sockets: ClientSocket[] = [];

  beforeEach(async () => {
    bench = new AccessBench(folders.make(), folders.make());
    await bench.listen();
    await bench.account('ada', 'admin');
    admin = await bench.signIn('ada');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await bench.close();
  });

  /** What was recorded since the sign-in, the oldest first. */
  const recorded = (): AuditEntry[] =>
    bench.http.options.audit
      .read({ limit: 500 })
      .filter(({ action }) => action !== 'sign-in')
      .reverse();

  for (const path of [
    '/api/counts.csv',
    '/api/counts.json',
    '/api/zones/history.csv?camera=door',
    '/api/zones/history.json?camera=door',
    '/api/reports/daily',
    '/api/visits',
    '/api/audit',
  ]) {
    it(`leaves one entry in the audit log: ${path}`, async () => {
      expect((await bench.ask('get', path, admin)).status).to.equal(200);
      const [entry, more] = recorded();
      expect(entry).to.include({
        ...{ actor: 'ada', action: `GET ${path.replace(/\?.*/, '')}`, address: '127.0.0.1', status: 200 },
        ...(path.includes('camera=') ? { cameraId: 'door' } : {}),
      });
      expect(more).to.equal(undefined);
    });
  }

  it('says of which day a report was', async () => {
    await bench.ask('get', '/api/reports/daily?day=2023-11-14', admin);
    expect(recorded()[0]).to.include({ action: 'GET /api/reports/daily', subject: '2023-11-14' });
  });

  it('is recorded when a live picture begins, and when it is refused', async () => {
    const watch = (camera: string) =>
      bench
        .ask('post', `/whep/${camera}`, { ...admin, 'content-type': 'application/sdp' })
        .send('v=0\r\noffer');
    expect((await watch('door')).status).to.equal(201);
    expect((await watch('nowhere')).status).to.equal(404);
    expect(recorded().map(({ action, cameraId, status }) => [action, cameraId, status])).to.deep.equal([
      ['POST /whep/:camera', 'door', 201],
      ['POST /whep/:camera', 'nowhere', 404],
    ]);
  });

  it('is not recorded where it shows nothing but sums, which every page reads again and again', async () => {
    for (const path of ['/api/counts', '/api/counts/now', '/api/zones/history?camera=door', '/api/health']) {
      expect((await bench.ask('get', path, admin)).status, path).to.equal(200);
    }
    expect(recorded()).to.deep.equal([]);
  });

  const open = (): ClientSocket => {
    const socket: ClientSocket = io(bench.url, {
      ...{ transports: ['websocket'], reconnection: false, forceNew: true },
      extraHeaders: { ...admin, origin: bench.url },
    });
    sockets.push(socket);
    return socket;
  };
  const subscribe = async (socket: ClientSocket, request: SubscribeRequest): Promise<void> => {
    const reply = (await socket.timeout(10_000).emitWithAck('subscribe', request)) as SubscribeReply;
    expect(reply.ok).to.equal(true);
  };

  it('is recorded once for a connection and what it follows, however many events come', async () => {
    const socket = open();
    await subscribe(socket, { cameras: '*', kinds: ['frame', 'counts'] });
    await subscribe(socket, { cameras: '*', kinds: ['counts', 'frame'] });
    await subscribe(socket, { cameras: ['door'], kinds: ['visit'] });
    await subscribe(socket, { cameras: [], kinds: ['visit'] });
    await subscribe(socket, { cameras: '*', kinds: [] });
    await subscribe(socket, { cameras: '*', kinds: ['frame', 'counts'] });
    await subscribe(open(), { cameras: '*', kinds: ['frame', 'counts'] });
    expect(
      recorded().map(({ actor, action, cameraId, subject, address }) =>
        [actor, action, cameraId ?? '-', subject, address].join(' | '),
      ),
    ).to.deep.equal([
      'ada | subscribe | - | counts, frame of all cameras | 127.0.0.1',
      'ada | subscribe | door | visit of door | 127.0.0.1',
      'ada | subscribe | - | counts, frame of all cameras | 127.0.0.1',
    ]);
  });

  it('names the cameras that somebody sees who does not see all', async () => {
    await bench.account('otto', 'viewer', ['door', 'hall']);
    admin = await bench.signIn('otto');
    await subscribe(open(), { cameras: ['vault', 'hall', 'door'], kinds: ['frame'] });
    await subscribe(open(), { cameras: ['vault'], kinds: ['frame'] });
    expect(recorded().map(({ subject }) => subject)).to.deep.equal(['frame of door, hall']);
  });
});
