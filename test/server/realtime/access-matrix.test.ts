import { once } from 'node:events';
import { expect } from 'chai';
import { io } from 'socket.io-client';
import {
  anonymous,
  type Caller,
  localOwner,
  type Permission,
  permissionsOf,
  type Role,
} from '../../../server/access/caller.js';
import { nobody } from '../../../server/ledger/people-counts.js';
import { eventSchemas } from '../../../server/realtime/event-schemas.js';
import { eventTable } from '../../../server/realtime/event-table.js';
import type {
  AlertEvent,
  CameraEvent,
  CountsEvent,
  EventKind,
  SubscribeReply,
  VisitEvent,
} from '../../../server/realtime/events.js';
import { AccessBench, nearby } from '../../helpers/access-bench.js';
import { alertOf } from '../../helpers/alerts.js';
import { door } from '../../helpers/http-bench.js';
import { visit } from '../../helpers/people.js';
import type { ClientSocket } from '../../helpers/server-process.js';
import { tempFolders } from '../../helpers/temp-folder.js';

/** Somebody who opens a socket, what he may do at all, and which cameras exist for him. */
interface Subject {
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly may: ReadonlySet<Permission>;
  readonly cameras: readonly string[];
  /** Takes away what the access rests on; absent where there is none. */
  readonly end?: () => unknown;
}

const cameras = ['door', 'hall'] as const;
const kinds = Object.keys(eventSchemas) as EventKind[];

/** An event of any kind, as far as it says of which camera it is. */
type AnyEvent = Partial<
  Pick<CountsEvent, 'cameraId'> &
    Pick<VisitEvent, 'visit'> &
    Pick<CameraEvent, 'camera'> &
    Pick<AlertEvent, 'alert'>
>;

function cameraOf({ cameraId, visit: stay, camera, alert }: AnyEvent): string {
  return cameraId ?? stay?.cameraId ?? camera?.id ?? alert?.cameraId ?? 'none';
}

describe('access to every message of a socket', function () {
  this.timeout(60_000);
  const folders = tempFolders();
  let bench: AccessBench;
  let subjects: ReadonlyMap<string, Subject>;
  const sockets: ClientSocket[] = [];

  beforeEach(async () => {
    bench = new AccessBench(folders.make(), folders.make());
    await bench.listen();
    subjects = await everybody();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await bench.close();
  });

  /** One of each kind of subject. */
  async function everybody(): Promise<Map<string, Subject>> {
    const { access } = bench;
    // It no longer sweeps away what has expired, which must be refused by itself.
    access.close();
    const all = new Map<string, Subject>([
      ['nobody', { may: anonymous.may, cameras: [] }],
      ['a token that never was', { token: 'mwt_nonsense', may: anonymous.may, cameras: [] }],
    ]);
    const owner: Caller = { ...localOwner, grounds: {} };
    const account = async (label: string, role: Role, only?: readonly string[]): Promise<string> => {
      const name = label.replaceAll(' ', '-');
      const { id } = await bench.account(name, role, only);
      all.set(label, {
        ...{ headers: await bench.signIn(name), may: permissionsOf(role), cameras: only ?? cameras },
        end: () => access.accounts.change(id, { password: 'another horse battery' }),
      });
      return id;
    };
    const token = (
      label: string,
      maker: Caller,
      input: { permissions: Permission[]; cameras?: string[]; expiresAt?: number },
      expected: Omit<Subject, 'token'>,
    ): void => {
      const made = access.tokens.add(maker, { name: 't', ...input });
      all.set(label, { end: () => access.tokens.remove(made.token.id), ...expected, token: made.secret });
    };
    const admin = await account('admin', 'admin');
    await account('operator', 'operator');
    await account('operator of the hall', 'operator', ['hall']);
    await account('viewer', 'viewer');
    const viewerOfDoor = await account('viewer of the door', 'viewer', ['door']);
    await account('viewer of nothing', 'viewer', []);
    await account('publisher', 'publisher');

    const { secret } = access.links.makePublish('door', 'ada', Date.now() + 60_000);
    const session = access.links.redeem(secret, nearby).secret;
    const cookie = `maskwatch-link-${new URL(bench.url).port}=${session}`;
    all.set('publish link', { headers: { cookie }, may: permissionsOf('publisher'), cameras: [] });

    const viewing = new Set<Permission>(['public', 'known', 'view']);
    const ofAdmin: Caller = { ...owner, grounds: { account: admin } };
    const view = { permissions: ['view'] } satisfies { permissions: Permission[] };
    token('token', ofAdmin, view, { may: viewing, cameras });
    token('token for the door', ofAdmin, { ...view, cameras: ['door'] }, { may: viewing, cameras: ['door'] });
    const ofViewer: Caller = { ...owner, grounds: { account: viewerOfDoor } };
    token('token of the viewer of the door', ofViewer, view, { may: viewing, cameras: ['door'] });
    const elsewhere = { ...view, cameras: ['hall'] };
    token('token for the hall of the viewer of the door', ofViewer, elsewhere, { may: viewing, cameras: [] });
    const sending = new Set<Permission>(['public', 'known', 'publish']);
    token('token to publish', ofAdmin, { permissions: ['publish'] }, { may: sending, cameras: [] });
    const ruling = new Set<Permission>(['public', 'known', 'admin']);
    token('token to administer', ofAdmin, { permissions: ['admin'] }, { may: ruling, cameras: [] });
    const tooMuch = { permissions: ['view', 'operate', 'admin'] } satisfies { permissions: Permission[] };
    token('token that its account cannot fill', ofViewer, tooMuch, { may: viewing, cameras: ['door'] });
    const past = { ...view, expiresAt: Date.now() - 1 };
    token('expired token', ofAdmin, past, { may: anonymous.may, cameras: [] });
    token('revoked token', ofAdmin, view, { may: anonymous.may, cameras: [] });
    all.get('revoked token')?.end?.();
    return all;
  }

  /** Opens a socket. @returns the code of the refusal, if it is refused */
  async function open({ headers = {}, token }: Subject): Promise<ClientSocket | string> {
    const socket: ClientSocket = io(bench.url, {
      ...{ transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: headers },
      ...(token === undefined ? {} : { auth: { token } }),
    });
    sockets.push(socket);
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
        resolve(error.data?.code ?? error.message),
      );
    });
  }

  async function opened(subject: Subject): Promise<ClientSocket> {
    const socket = await open(subject);
    if (typeof socket === 'string') throw new Error(`the socket was refused: ${socket}`);
    return socket;
  }

  const ask = async (socket: ClientSocket, message: string, request: object): Promise<SubscribeReply> => {
    const reply: unknown = await socket.timeout(10_000).emitWithAck(message as 'subscribe', request as never);
    return reply as SubscribeReply;
  };

  /** What comes to a socket from now on, as `kind camera`. */
  function heard(socket: ClientSocket): string[] {
    const all: string[] = [];
    socket.onAny((kind: string, event: AnyEvent, taken?: () => void) => {
      all.push(`${kind} ${cameraOf(event)}`);
      taken?.();
    });
    return all;
  }

  /** One event of every kind at every camera. */
  function happen(): void {
    const { journal } = bench.http;
    for (const id of cameras) {
      const figures = { cameraId: id, inView: nobody, today: nobody };
      bench.realtime.publishFrame({
        ...{ v: 1, cameraId: id, rtpTimestamp: 1, width: 64, height: 36, faces: [], latencyMs: 1 },
      });
      journal.append('counts', id, 1, { ...figures, complianceNow: null, complianceToday: null });
      journal.append('visit', id, 1, { visit: visit(`v-${id}`, { cameraId: id }) });
      journal.append('camera', id, 1, { change: 'status', camera: { ...door, id } });
      journal.append('zones', id, 1, { cameraId: id, revision: 1, areas: [], lines: [] });
      journal.append('alert', id, 1, { change: 'raised', alert: alertOf({ cameraId: id }) });
    }
    journal.flush();
  }

  it('is what the table declares, for every kind of caller, every camera and every kind of event', async () => {
    const wrong: string[] = [];
    for (const [name, subject] of subjects) {
      for (const [message, { permission }] of Object.entries(eventTable)) {
        const socket = await open(subject);
        const known = subject.may.has('known');
        const expected = subject.may.has(permission) ? 'opens' : known ? 'forbidden' : 'sign-in-needed';
        const outcome = typeof socket === 'string' ? socket : 'opens';
        if (outcome !== expected) wrong.push(`${name}: ${message} → ${outcome}, not ${expected}`);
        if (typeof socket === 'string') continue;
        const all = heard(socket);
        for (const asked of [...cameras, '*']) {
          for (const kind of kinds) {
            const reply = await ask(socket, message, {
              ...{ cameras: asked === '*' ? '*' : [asked], kinds: [kind] },
            });
            happen();
            // All that was sent before has come: the answer comes after it on the same connection.
            await ask(socket, 'subscribe', { cameras: [], kinds: [] });
            const right = cameras
              .filter((id) => (asked === '*' || asked === id) && subject.cameras.includes(id))
              .map((id) => `${kind} ${id}`);
            const came = all.splice(0);
            if (!reply.ok || String(came) !== String(right))
              wrong.push(`${name}: ${kind} of ${asked} → ${String(reply.ok)} [${came.join()}]`);
          }
        }
        socket.disconnect();
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('is the same for what was missed, and a hidden camera is as a missing one', async () => {
    happen();
    const cursor = bench.http.journal.log.cursorAt(0);
    for (const [name, subject] of subjects) {
      if (!subject.may.has('view')) continue;
      const socket = await opened(subject);
      const all = heard(socket);
      const replay = (of: readonly string[] | '*') =>
        ask(socket, 'subscribe', { cameras: of, kinds, cursor });
      const expected = subject.cameras.flatMap((id) =>
        kinds.filter((kind) => kind !== 'frame').map((kind) => `${kind} ${id}`),
      );
      expect(await replay('*'), name).to.include({ ok: true, gap: false, replayed: expected.length });
      expect(all.splice(0), name).to.have.members(expected);
      for (const id of cameras.filter((one) => !subject.cameras.includes(one))) {
        expect(await replay([id]), `${name}: ${id}`).to.deep.equal(await replay(['nowhere']));
      }
      expect(all, name).to.deep.equal([]);
    }
  });

  it('ends with what it rests on, at once and not before', async () => {
    for (const [name, subject] of subjects) {
      const { end, may } = subject;
      if (end === undefined || !may.has('view')) continue;
      const socket = await opened(subject);
      const all = heard(socket);
      await ask(socket, 'subscribe', { cameras: '*', kinds });
      const gone = once(socket as never, 'disconnect', { signal: AbortSignal.timeout(10_000) });
      await end();
      happen();
      await gone;
      expect(all, name).to.deep.equal([]);
      expect(await open(subject), name).to.equal('sign-in-needed');
    }
  });
});
