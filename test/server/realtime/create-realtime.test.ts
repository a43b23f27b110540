import { expect } from 'chai';
import fc from 'fast-check';
import type { RealtimeLimits } from '../../../server/realtime/create-realtime.js';
import { frameEventOf } from '../../../server/realtime/frame-event.js';
import { EventBench } from '../../helpers/event-bench.js';
import { track, tracksAt } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the event server', () => {
  const folders = tempFolders();
  let bench: EventBench;
  const start = async (limits: Partial<RealtimeLimits> = {}): Promise<void> => {
    bench = new EventBench(folders.make(), limits);
    await bench.listen();
  };
  afterEach(() => bench.close());

  it('sends what is subscribed to, live, each event once', async () => {
    await start();
    const socket = bench.client();
    const seen: string[] = [];
    socket.on('visit', (event) => seen.push(`${event.visit.cameraId} ${event.cursor}`));
    const reply = await bench.subscribe(socket, { cameras: ['door', 'door'], kinds: ['visit', 'counts'] });
    expect(reply).to.deep.equal({ ok: true, cursor: bench.journal.log.cursorAt(0), replayed: 0, gap: false });
    bench.add(2);
    bench.add(1, 'hall');
    await bench.settled(socket);
    expect(seen).to.deep.equal([1, 2].map((seq) => `door ${bench.journal.log.cursorAt(seq)}`));
  });

  it('sends cameras added later to those who want all of them', async () => {
    await start();
    const socket = bench.client();
    const seen: string[] = [];
    socket.on('visit', ({ visit: { cameraId } }) => seen.push(cameraId));
    await bench.subscribe(socket, { cameras: '*', kinds: ['visit'] });
    bench.add(1, 'new');
    await bench.settled(socket);
    expect(seen).to.deep.equal(['new']);
  });

  it('says that there is a gap for a cursor that is unknown or too old', async () => {
    await start();
    bench.add(10);
    const socket = bench.client();
    bench.journal.log.prune(0, 3, 100);
    for (const cursor of [
      'nonsense',
      '__proto__',
      bench.journal.log.cursorAt(2),
      bench.journal.log.cursorAt(11),
    ]) {
      expect(await bench.subscribe(socket, { cameras: '*', kinds: ['visit'], cursor })).to.deep.equal({
        ok: true,
        cursor: bench.journal.log.cursorAt(10),
        replayed: 0,
        gap: true,
      });
    }
    const whole = await bench.subscribe(socket, {
      cameras: '*',
      kinds: ['visit'],
      cursor: bench.journal.log.cursorAt(7),
    });
    expect(whole).to.include({ replayed: 3, gap: false });
  });

  it('gives every event exactly once to clients that are cut off at random', async function () {
    this.timeout(60_000);
    await start();
    const step = fc.record({ before: fc.nat(30), during: fc.nat(700), after: fc.nat(3), hall: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const begin = bench.journal.log.newest();
        let cursor = bench.journal.log.cursorAt(begin);
        const seen: string[] = [];
        for (const { before, during, after, hall } of steps) {
          bench.add(before, 'hall');
          bench.add(during);
          const socket = bench.client();
          socket.on('visit', (event) => {
            seen.push(event.cursor);
            cursor = event.cursor;
          });
          const subscribed = bench.subscribe(socket, {
            cameras: hall ? '*' : ['door', 'hall'],
            kinds: ['visit'],
            cursor,
          });
          for (let i = 0; i < after; i++) {
            await new Promise(setImmediate);
            bench.add(1);
          }
          const reply = await subscribed;
          expect(reply).to.include({ ok: true, gap: false });
          bench.add(after);
          await bench.settled(socket);
          bench.add(1);
          socket.disconnect();
        }
        const last = bench.client();
        last.on('visit', (event) => seen.push(event.cursor));
        await bench.subscribe(last, { cameras: '*', kinds: ['visit'], cursor });
        await bench.settled(last);
        last.disconnect();
        const all = Array.from({ length: bench.journal.log.newest() - begin }, (_, i) =>
          bench.journal.log.cursorAt(begin + 1 + i),
        );
        expect(seen).to.deep.equal(all);
      }),
      { numRuns: 12 },
    );
  });

  it('does not stop other work while it replays a long absence', async () => {
    await start();
    for (let i = 0; i < 3; i++) bench.add(5000);
    const socket = bench.client();
    let turns = 0;
    let replaying = true;
    const turn = (): void => {
      turns++;
      if (replaying) setImmediate(turn);
    };
    setImmediate(turn);
    const reply = await bench.subscribe(socket, {
      cameras: '*',
      kinds: ['visit'],
      cursor: bench.journal.log.cursorAt(0),
    });
    replaying = false;
    expect(reply).to.include({ replayed: 15_000, gap: false });
    expect(turns).to.be.greaterThan(30);
  });

  it('answers an older subscribe that a newer one overtook, and obeys the newer one', async () => {
    await start();
    bench.add(3000);
    const socket = bench.client();
    let seen = 0;
    const cursor = bench.journal.log.cursorAt(0);
    const older = bench.subscribe(socket, { cameras: '*', kinds: ['visit'], cursor });
    const newer = bench.subscribe(socket, { cameras: ['hall'], kinds: ['visit'] });
    expect(await older).to.deep.include({ ok: false });
    expect(await newer).to.include({ ok: true });
    socket.on('visit', () => seen++);
    bench.add(1);
    await bench.settled(socket);
    expect(seen).to.equal(0);
  });

  it('sends frames within the credit; a client that never acknowledges only loses frames', async () => {
    await start();
    const [good, bad] = [bench.client(), bench.client()];
    const seen: number[] = [];
    let held = 0;
    let visits = 0;
    good.on('frame', (event, ack) => {
      seen.push(event.rtpTimestamp / 90);
      ack();
    });
    bad.on('frame', () => held++);
    bad.on('visit', () => visits++);
    await bench.subscribe(good, { cameras: ['door'], kinds: ['frame'] });
    await bench.subscribe(bad, { cameras: '*', kinds: ['frame', 'visit'] });
    for (let n = 1; n <= 20; n++) {
      const arrived = new Promise((resolve) => good.once('frame', resolve));
      bench.realtime.publishFrame(frameEventOf(tracksAt(n, [track('a')]), n));
      await arrived;
    }
    bench.add(3);
    await bench.subscribe(bad, { cameras: '*', kinds: ['frame', 'visit'] });
    expect(seen).to.deep.equal(Array.from({ length: 20 }, (_, i) => i + 1));
    expect([held, visits]).to.deep.equal([2, 3]);
    const { frames } = bench.realtime.stats();
    expect(frames.offered).to.equal(40);
    expect(frames.sent + frames.waiting + frames.dropped.newer + frames.dropped.gone).to.equal(40);
  });
});
