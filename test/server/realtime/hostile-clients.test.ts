import { expect } from 'chai';
import type { RealtimeLimits } from '../../../server/realtime/create-realtime.js';
import { EventBench } from '../../helpers/event-bench.js';
import { visit } from '../../helpers/people.js';
import type { ClientSocket } from '../../helpers/server-process.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the event server among hostile clients', () => {
  const folders = tempFolders();
  let bench: EventBench;
  const start = async (limits: Partial<RealtimeLimits> = {}): Promise<void> => {
    bench = new EventBench(folders.make(), limits);
    await bench.listen();
  };
  afterEach(() => bench.close());

  it('refuses requests that break the rules, naming the field', async () => {
    await start();
    const socket = bench.client();
    const bad: [unknown, string][] = [
      [undefined, 'request'],
      [null, 'request'],
      ['*', 'request'],
      [{ cameras: '*' }, 'kinds'],
      [{ cameras: ['x'.repeat(10_000)], kinds: [] }, 'cameras'],
      [{ cameras: ['*'], kinds: [] }, 'cameras'],
      [{ cameras: ['__proto__'], kinds: ['visit'] }, 'cameras'],
      [{ cameras: '*', kinds: ['__proto__'] }, 'kinds'],
      [{ cameras: '*', kinds: ['visit'], cursor: 7 }, 'cursor'],
      [{ cameras: '*', kinds: ['visit'], extra: 1 }, 'request'],
      [{ cameras: Array.from({ length: 300 }, () => 'a'), kinds: [] }, 'cameras'],
    ];
    for (const [request, field] of bad) {
      const reply = await bench.subscribe(socket, request);
      if (reply.ok) throw new Error(`taken: ${JSON.stringify(request)}`);
      expect(reply.error.code).to.equal('invalid-request');
      expect(reply.error.message).to.match(new RegExp(`^${field}`));
      expect(reply.error.message.length).to.be.lessThan(300);
    }
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
  });

  it('cuts off a client that floods or sends giants, and no other', async () => {
    await start({ messages: 10 });
    const [quiet, flooding, giant] = [bench.client(), bench.client(), bench.client()];
    await bench.subscribe(quiet, { cameras: '*', kinds: ['visit'] });
    await bench.subscribe(giant, { cameras: '*', kinds: ['visit'] });
    const gone = Promise.all(
      [flooding, giant].map((socket) => new Promise((resolve) => socket.once('disconnect', resolve))),
    );
    for (let i = 0; i < 50; i++) flooding.emit('subscribe', { cameras: '*', kinds: [] }, () => undefined);
    giant.emit('subscribe', { cameras: ['y'.repeat(50_000)], kinds: [] }, () => undefined);
    await gone;
    expect(bench.realtime.stats().cutOff).to.include({ 'too-many-messages': 1 });
    await bench.settled(quiet);
  });

  it('cuts off a client that does not read, counts it, and goes on for the others', async function () {
    this.timeout(30_000);
    await start({ unsentBytes: 64 * 1024, checkEveryMs: 20 });
    const [fast, slow] = [bench.client(), bench.client()];
    await bench.subscribe(slow, { cameras: '*', kinds: ['visit'] });
    await bench.subscribe(fast, { cameras: '*', kinds: ['visit'] });
    let seen = 0;
    fast.on('visit', () => seen++);
    const engine = slow.io.engine as unknown as { transport: { ws: { _socket?: { pause(): void } } } };
    const raw = engine.transport.ws._socket;
    if (raw === undefined) throw new Error('no raw socket');
    raw.pause();
    let sent = 0;
    while (bench.realtime.stats().cutOff['slow-consumer'] === 0) {
      for (let i = 0; i < 200; i++)
        bench.journal.append('visit', 'door', 1, { visit: visit('x'.repeat(2000)) });
      bench.journal.flush();
      sent += 200;
      await settledKeeping(fast);
      if (sent > 40_000) throw new Error('never cut off');
    }
    expect(bench.realtime.stats().cutOff['slow-consumer']).to.equal(1);
    expect(seen).to.equal(sent);
  });

  /** Like `settled`, with the subscription kept. */
  async function settledKeeping(socket: ClientSocket): Promise<void> {
    const cursor = bench.journal.log.cursorAt(bench.journal.log.newest());
    await new Promise<void>((resolve) => {
      const listener = (event: { cursor: string }): void => {
        if (event.cursor !== cursor) return;
        socket.off('visit', listener);
        resolve();
      };
      socket.on('visit', listener);
    });
  }

  it('lets in no page of another site and no other name', async () => {
    await start({ clients: 2 });
    for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, { host: 'evil.example' }]) {
      const socket = bench.client(headers);
      await new Promise((resolve) => socket.once('connect_error', resolve));
    }
    const own = bench.client({ origin: bench.url });
    await bench.settled(own);
    await bench.settled(bench.client());
    const third = bench.client();
    await new Promise((resolve) => third.once('connect_error', resolve));
    expect(bench.realtime.stats()).to.include({ clients: 2, refusedHandshakes: 4 });
  });
});
