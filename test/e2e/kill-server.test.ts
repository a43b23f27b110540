import { expect } from 'chai';
import type { Health } from '../../server/http/api.js';
import { untilAnswer } from '../helpers/await-event.js';
import { descendantsOf, livingProcesses } from '../helpers/living-processes.js';
import { faceClip } from '../helpers/media.js';
import { type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';

describe('a server that is killed', function () {
  this.timeout(120_000);
  const running: ServerProcess[] = [];

  after(async () => {
    for (const server of running) await server.dispose();
  });

  async function start(args: readonly string[], dataDir?: string): Promise<ServerProcess> {
    const server = await startServer(args, dataDir);
    running.push(server);
    return server;
  }

  const analysing = (server: ServerProcess) =>
    untilAnswer(
      () => server.get<Health>('/api/health'),
      ({ cameras }) => cameras.length === 2 && cameras.every(({ frames }) => frames.processed > 0),
    );

  it('leaves no ffmpeg and no analysis process behind', async () => {
    const clip = await faceClip({ seconds: 5, people: 1 });
    const server = await start(['--camera', `one=${clip}`, '--camera', `two=${clip}`, '--no-demo']);
    await analysing(server);
    const family = await descendantsOf(server.pid);
    const ffmpegs = family.filter(({ command }) => /\bffmpeg -/.test(command));
    // One that reads and one that decodes for each camera.
    expect(ffmpegs).to.have.length.of.at.least(4);
    await server.killHard();
    const left = async () => {
      const living = new Set((await livingProcesses()).map(({ pid }) => pid));
      return family.filter(({ pid }) => living.has(pid));
    };
    expect(await untilAnswer(left, (processes) => processes.length === 0, 10_000)).to.deep.equal([]);
  });

  it('stops with exit code 0 on SIGTERM', async () => {
    const clip = await faceClip({ seconds: 5, people: 1 });
    const server = await start(['--camera', `one=${clip}`, '--camera', `two=${clip}`, '--no-demo']);
    await analysing(server);
    expect(await server.stop()).to.equal(0);
  });

  it('lets a client go on exactly where it was', async () => {
    const clip = await faceClip({ seconds: 5, people: 2 });
    const args = ['--camera', `one=${clip}`, '--camera', `two=${clip}`, '--no-demo'];
    const first = await start(args);
    const seen: string[] = [];
    const socket = await first.connect();
    for (const kind of ['counts', 'visit', 'camera'] as const) {
      socket.on(kind, ({ cursor }: { cursor: string }) => seen.push(cursor));
    }
    await subscribe(socket, { cameras: '*', kinds: ['counts', 'visit', 'camera'] });
    await untilAnswer(
      () => Promise.resolve(seen.length),
      (count) => count >= 5,
    );
    await first.killHard();
    const cursor = seen.at(-1) ?? '';

    const second = await start(args, first.dataDir);
    const again: string[] = [];
    const resumed = await second.connect();
    for (const kind of ['counts', 'visit', 'camera'] as const) {
      resumed.on(kind, (event: { cursor: string }) => again.push(event.cursor));
    }
    const reply = await subscribe(resumed, { cameras: '*', kinds: ['counts', 'visit', 'camera'], cursor });
    expect(reply.gap).to.equal(false);
    await untilAnswer(
      () => Promise.resolve(again.length),
      (count) => count >= 3,
    );
    const numbers = [...seen, ...again].map((text) => Number(/(\d+)$/.exec(text)?.[1]));
    const sorted = [...new Set(numbers)].sort((a, b) => a - b);
    expect(numbers, 'in order, none twice').to.deep.equal(sorted);
    expect(again[0], 'the first one missed').to.match(
      new RegExp(`[^0-9]${(numbers[seen.length - 1] ?? 0) + 1}$`),
    );
    resumed.close();
    socket.close();
  });

  it('refuses a second server on its data folder, and a port that is taken, with exit code 5', async () => {
    const server = await start(['--no-demo']);
    const attempt = async (args: readonly string[], dataDir?: string) =>
      startServer(args, dataDir).then(
        async (unexpected) => {
          await unexpected.dispose();
          return 'it started';
        },
        (error: unknown) => String(error),
      );
    expect(await attempt(['--no-demo'], server.dataDir)).to.match(/exited with 5[^]*data folder/);
    expect(await attempt(['--no-demo', '--port', new URL(server.url).port])).to.match(
      /exited with 5[^]*Port \d+/,
    );
  });
});
