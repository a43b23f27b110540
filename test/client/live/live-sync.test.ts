import { expect } from 'chai';
import { io } from 'socket.io-client';
import { MaskwatchApi } from '../../../client/src/api/maskwatch-api.js';
import { RestClient } from '../../../client/src/api/rest-client.js';
import { LiveSync, type LiveSocket } from '../../../client/src/live/live-sync.js';
import { OverlayHub } from '../../../client/src/overlay/overlay-hub.js';
import { AppStore, type Connection } from '../../../client/src/state/app-store.js';
import { ContractServer } from '../contract-server.js';
import { face, frame } from '../overlay/frames.js';
import { camera, counts, visit } from '../state/views.js';

describe('LiveSync', () => {
  const server = new ContractServer();
  let store: AppStore;
  let overlays: OverlayHub;
  let socket: LiveSocket;
  let live: LiveSync;

  /** Resolves when the connection is as wanted. */
  const connectionIs = (phase: Connection['phase']): Promise<Connection> =>
    new Promise((resolve) => {
      let done = (): void => undefined;
      done = store.connection.subscribe((connection) => {
        if (connection.phase !== phase) return;
        resolve(connection);
        queueMicrotask(() => done());
      });
    });

  beforeEach(async () => {
    await server.start();
    server.subscriptions.length = 0;
    server.readings.length = 0;
    server.cameras.set('door', camera('door'));
    store = new AppStore();
    overlays = new OverlayHub();
    socket = io(server.url, {
      autoConnect: false,
      transports: ['websocket'],
      reconnectionDelay: 50,
      forceNew: true,
    });
    const api = new MaskwatchApi(new RestClient((input, init) => fetch(new URL(input, server.url), init)));
    live = new LiveSync({ socket, api, store, overlays, now: () => performance.now() });
  });

  afterEach(async () => {
    live.close();
    await server.stop();
  });

  it('reads the state, then follows the events from exactly there', async () => {
    live.start();
    const connection = await connectionIs('online');
    expect(connection).to.deep.equal({ phase: 'online', back: false, replayed: 0, reread: true });
    expect(store.cameras.value.map(({ id }) => id)).to.deep.equal(['door']);
    const told = new Promise((resolve) => socket.once('counts', resolve));
    server.tell('counts', counts('door', 10, { mask: 2, unknown: 1 }));
    await told;
    expect(store.kpis.value.inView).to.include({ mask: 2, unknown: 1 });
  });

  it('acknowledges a frame as soon as it is in the ring', async () => {
    live.start();
    await connectionIs('online');
    await server.frame(frame(9000, [face('a', 10)]));
    expect(overlays.timelineOf('door').counters.received).to.equal(1);
    expect(overlays.timelineOf('door').present(9000).basis).to.equal('exact');
  });

  it('catches up on exactly what was missed while the connection was lost', async () => {
    live.start();
    await connectionIs('online');
    const readings = server.readings.length;
    await server.stop();
    await connectionIs('lost');
    server.tell('counts', counts('door', 20, { no_mask: 4 }));
    server.tell('visit', { v: 1, at: 21, visit: visit('v1', 20) });
    await server.start();
    const connection = await connectionIs('online');
    expect(connection).to.deep.equal({ phase: 'online', back: true, replayed: 2, reread: false });
    expect(store.kpis.value.inView.no_mask).to.equal(4);
    expect(store.live.value.visits.get('door')).to.have.length(1);
    expect(server.readings).to.have.length(readings);
  });

  it('reads everything afresh when the server has forgotten the cursor', async () => {
    live.start();
    await connectionIs('online');
    await server.stop();
    await connectionIs('lost');
    server.cameras.set('gate', camera('gate'));
    server.cameras.delete('door');
    server.forgetsOnce = true;
    await server.start();
    const connection = await connectionIs('online');
    expect(connection).to.deep.include({ back: true, reread: true });
    expect(store.cameras.value.map(({ id }) => id)).to.deep.equal(['gate']);
    expect(server.subscriptions.at(-1)?.cursor).to.equal(server.cursor);
  });
});
