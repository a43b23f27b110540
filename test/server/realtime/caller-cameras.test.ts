import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { anonymous, type Caller, permissionsOf } from '../../../server/access/caller.js';
import { EventBench } from '../../helpers/event-bench.js';
import type { ClientSocket } from '../../helpers/server-process.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const viewer: Caller = {
  kind: 'user',
  name: 'vera',
  may: permissionsOf('viewer'),
  cameras: new Set(['door', 'hall']),
  grounds: { session: 's' },
};

/** Who opens a socket, by a header that stands for the cookie. */
function identify({ headers }: IncomingMessage): Caller {
  if (headers['x-caller'] === 'viewer') return viewer;
  return headers['x-caller'] === 'publisher' ? { ...viewer, may: permissionsOf('publisher') } : anonymous;
}

describe('a socket of someone who sees some cameras', () => {
  const folders = tempFolders();
  let bench: EventBench;

  beforeEach(async () => {
    bench = new EventBench(folders.make(), {}, identify);
    await bench.listen();
  });
  afterEach(() => bench.close());

  /** A socket, and the cameras of the visits that come to it, in order. */
  const watch = (caller: string): { socket: ClientSocket; seen: string[] } => {
    const socket = bench.client({ 'x-caller': caller });
    const seen: string[] = [];
    socket.on('visit', ({ visit: { cameraId } }) => seen.push(cameraId));
    return { socket, seen };
  };

  it('is replayed what it missed of those cameras alone, and its cursor still stands for all', async () => {
    for (const cameraId of ['door', 'vault', 'hall', 'vault']) bench.add(1, cameraId);
    const { socket, seen } = watch('viewer');
    const cursor = bench.journal.log.cursorAt(0);
    const reply = await bench.subscribe(socket, { cameras: '*', kinds: ['visit'], cursor });
    expect(reply).to.deep.equal({
      ok: true,
      cursor: bench.journal.log.cursorAt(4),
      replayed: 2,
      gap: false,
    });
    await bench.settled(socket);
    expect(seen).to.deep.equal(['door', 'hall']);
  });

  it('is sent live what happens at those cameras alone, whatever it asks for', async () => {
    for (const cameras of ['*', ['door', 'vault'], ['vault']] as const) {
      const { socket, seen } = watch('viewer');
      await bench.subscribe(socket, { cameras, kinds: ['visit', 'camera', 'counts'] });
      bench.add(1, 'vault');
      bench.add(1, 'door');
      await bench.settled(socket);
      expect(seen, String(cameras)).to.deep.equal(String(cameras) === 'vault' ? [] : ['door']);
    }
  });

  it('answers about a hidden camera as about a missing one', async () => {
    bench.add(3, 'vault');
    const { socket } = watch('viewer');
    const ask = (camera: string) =>
      bench.subscribe(socket, {
        cameras: [camera],
        kinds: ['visit'],
        cursor: bench.journal.log.cursorAt(0),
      });
    expect(await ask('vault')).to.deep.equal(await ask('nowhere'));
  });

  it('is not opened for someone who sees nothing', async () => {
    for (const [caller, code] of [
      ['publisher', 'forbidden'],
      ['nobody', 'sign-in-needed'],
    ] as const) {
      const { socket } = watch(caller);
      const error = await new Promise<Error & { data?: unknown }>((resolve) =>
        socket.once('connect_error', resolve),
      );
      expect(error.data, caller).to.deep.equal({ code });
    }
  });
});
