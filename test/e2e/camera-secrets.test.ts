import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { eventSchemas } from '../../server/realtime/event-schemas.js';
import type { CameraView, EventKind } from '../../server/realtime/events.js';
import { ruleOf } from '../helpers/alert-rules.js';
import { awaitEvent } from '../helpers/await-event.js';
import { selfSigned } from '../helpers/certificate.js';
import { maskwatch } from '../helpers/cli.js';
import { clipUnits } from '../helpers/clip-units.js';
import { commandLinesDuring } from '../helpers/command-lines.js';
import { HttpCamera } from '../helpers/http-camera.js';
import { faceClip } from '../helpers/media.js';
import { motionJpeg } from '../helpers/motion-jpeg.js';
import { RtspServer } from '../helpers/rtsp-server.js';
import { type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';
import { tempFolders } from '../helpers/temp-folder.js';

const run = promisify(execFile);

/** Where the cameras of the test are: RTSP with digest, HTTP that asks for nothing, HTTP with digest, RTSP over TLS with digest. */
interface Ports {
  readonly rtsp: number;
  readonly open: number;
  readonly digest: number;
  readonly rtsps: number;
}

/** The heart of each secret; around it stands what makes its shape hard. */
const canaries: readonly (readonly [canary: string, address: (port: Ports) => string])[] = [
  ['Canary01', ({ rtsp }) => `rtsp://user:Canary01@127.0.0.1:${rtsp}/stream`],
  ['Canary02', ({ rtsp }) => `rtsp://us%40er:p%40Canary02@127.0.0.1:${rtsp}/stream`],
  ['Canary03', ({ rtsp }) => `rtsp://u.s:a%3ACanary03@127.0.0.1:${rtsp}/stream`],
  ['Canary04', ({ rtsp }) => `rtsp://user:a%2FCanary04@127.0.0.1:${rtsp}/stream`],
  ['Canary05', ({ rtsp }) => `rtsp://user:a%23Canary05@127.0.0.1:${rtsp}/stream`],
  ['Canary06', ({ rtsp }) => `rtsp://user:a%3FCanary06@127.0.0.1:${rtsp}/stream`],
  ['Canary07', ({ rtsp }) => `rtsp://user:a&Canary07@127.0.0.1:${rtsp}/stream`],
  ['Canary08', ({ rtsp }) => `rtsp://user:a'Canary08@127.0.0.1:${rtsp}/stream`],
  ['Canary09', ({ rtsp }) => `rtsp://user:a%22Canary09@127.0.0.1:${rtsp}/stream`],
  ['Canary10', ({ rtsp }) => `rtsp://user:a%20Canary10@127.0.0.1:${rtsp}/stream`],
  ['Canary11', ({ rtsp }) => `rtsp://user:a%25Canary11@127.0.0.1:${rtsp}/stream`],
  ['Canary12', ({ rtsp }) => `rtsp://user:ä€Canary12@127.0.0.1:${rtsp}/stream`],
  ['Canary13', ({ rtsp }) => `rtsp://user:p@Canary13@127.0.0.1:${rtsp}/stream`],
  ['Canary14', ({ rtsp }) => `rtsp://Canary14@127.0.0.1:${rtsp}/stream`],
  ['Canary15', ({ rtsp }) => `rtsp://127.0.0.1:${rtsp}/stream?user=bob&password=Canary15`],
  ['Canary16', ({ rtsp }) => `rtsp://127.0.0.1:${rtsp}/stream?channel=1&token=Canary16%26x`],
  ['Canary17', ({ open }) => `http://127.0.0.1:${open}/video?auth=Canary17`],
  ['Canary18', ({ digest }) => `http://user:Canary18$(x)%60@127.0.0.1:${digest}/video.mjpg`],
  ['Canary19', ({ rtsps }) => `rtsps://user:Canary19;x=1@127.0.0.1:${rtsps}/stream`],
  ['Canary20', ({ rtsp }) => `rtsp://user:a%5CCanary20@127.0.0.1:${rtsp}/stream`],
];

/** Cameras whose secret is the right one: these run, one for each way to a camera. */
const running = ['canary04', 'canary17', 'canary18', 'canary19'];

/** Addresses that are refused, with a secret in them. */
const refused = (ownPort: string): readonly string[] => [
  'rtsp//user:Canary01@h/1',
  'ftp://user:Canary01@h/1',
  'rtsp://user:Canary01@h:99999/1',
  'rtsp://user:Canary01@/1',
  'rtsp://u:1/Canary01@h/',
  'rtsp://user:Canary01@169.254.169.254/1',
  `http://user:Canary01@127.0.0.1:${ownPort}/video`,
];

describe('passwords of cameras', function () {
  this.timeout(180_000);
  const closers: { close(): Promise<void> }[] = [];
  let ports: Ports;
  let certificate: string;
  let server: ServerProcess;
  const folders = tempFolders();

  before(async () => {
    const units = await clipUnits({ codec: 'h264', width: 640, height: 360, fps: 10, seconds: 2 });
    const serve = await motionJpeg(await faceClip({ seconds: 4, fps: 10, people: 3 }), 4);
    const tls = await selfSigned();
    certificate = tls.fingerprint;
    const auth = (password: string) => ({ scheme: 'digest', user: 'user', password }) as const;
    const cameras = await Promise.all([
      RtspServer.start({ units, fps: 10, auth: auth('a/Canary04') }),
      HttpCamera.start({ serve }),
      HttpCamera.start({ serve, auth: auth('Canary18$(x)`') }),
      RtspServer.start({ units, fps: 10, tls, auth: auth('Canary19;x=1') }),
    ]);
    closers.push(...cameras);
    const [rtsp, open, digest, rtsps] = cameras;
    ports = { rtsp: rtsp.port, open: open.port, digest: digest.port, rtsps: rtsps.port };
    server = await startServer(['--no-demo', '--log-level', 'trace']);
  });
  after(async () => {
    await server.dispose();
    for (const camera of closers) await camera.close();
  });

  it('in twenty shapes are found nowhere: not in answers, events, logs, command lines or the database', async () => {
    const seen: string[] = [];
    const socket = await server.connect();
    socket.onAny((...event: unknown[]) => {
      const taken = event.at(-1);
      if (typeof taken === 'function') (taken as () => void)();
      seen.push(JSON.stringify(event));
    });
    const kinds = Object.keys(eventSchemas) as EventKind[];
    await subscribe(socket, { cameras: '*', kinds });
    // Something of every kind, and from every camera that runs.
    const allCame = Promise.all([
      ...kinds.map((kind) => awaitEvent(socket, kind, () => true, 90_000)),
      ...running.map((id) =>
        awaitEvent(
          socket,
          'camera',
          ({ camera }) => camera.id === id && camera.status.state === 'live',
          90_000,
        ),
      ),
    ]);
    const send = async (method: string, path: string, body?: object): Promise<Response> => {
      const reply = await server.send(method, path, body);
      seen.push(JSON.stringify([path, [...reply.headers], await reply.clone().text()]));
      return reply;
    };

    const { own, others, looks } = await commandLinesDuring(async () => {
      for (const [canary, address] of canaries) {
        const id = canary.toLowerCase();
        const url = address(ports);
        const secured = url.startsWith('rtsps:') ? { certificate } : {};
        const body = { id, name: `camera ${id.slice(-2)}`, url, enabled: true, ...secured };
        expect((await send('POST', '/api/cameras', body)).status, seen.at(-1)).to.equal(201);
        if (id > 'canary05' && !running.includes(id))
          await send('PATCH', `/api/cameras/${id}`, { enabled: false });
      }
      const everywhere = [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
        { x: 1, y: 1 },
        { x: 0, y: 1 },
      ];
      const zones = [{ name: 'All', kind: 'area', points: everywhere }];
      expect((await send('PUT', '/api/cameras/canary17/zones', { zones })).status).to.equal(200);
      const rule = ruleOf({ cameraId: 'canary01', condition: { kind: 'camera-down', forSeconds: 0 } });
      expect((await send('POST', '/api/alert-rules', rule)).status).to.equal(201);
      await allCame;
      for (const id of ['Canary01', 'Canary17', 'Canary18']) {
        const [, address] = canaries.find(([canary]) => canary === id) ?? [];
        await send('POST', '/api/cameras/probe', { url: address?.(ports) });
      }
      for (const url of refused(new URL(server.url).port)) {
        await send('POST', '/api/cameras/probe', { url });
        const replies = [
          await send('POST', '/api/cameras', { name: 'x', url }),
          await send('PATCH', '/api/cameras/canary01', { url }),
          await send('PATCH', '/api/config', { cameras: [{ id: 'x', url, colour: url }] }),
        ];
        for (const { status } of replies) expect(status, url).to.be.within(400, 499);
      }
      await send('POST', '/whep/canary01', {});
      // What no longer is JSON is not said again either.
      const broken = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const half = await fetch(`${server.url}/api/cameras`, {
        ...broken,
        body: '{"url":"rtsp://u:Canary01@h',
      });
      expect(half.status).to.equal(400);
      seen.push(await half.text());
      for (const path of ['/api/cameras', '/api/health', '/metrics', '/api/config', '/api/openapi.json']) {
        await send('GET', path);
      }
      for (const path of ['/api/alerts', '/api/zones/now', '/api/audit', '/api/visits']) {
        await send('GET', path);
      }
    });
    expect(looks).to.be.greaterThan(5);
    // What decodes looks the same for each camera; what opens those over HTTP asks for the relay's address, not for theirs.
    expect(ofProgram('ffmpeg', own).some((line) => line.includes(' pipe:0 '))).to.equal(true);
    expect(relayed(ofProgram('ffmpeg', own)).size).to.be.at.least(2);
    expect(relayed(ofProgram('ffprobe', own)).size).to.be.at.least(2);
    seen.push(...own, ...others);

    const known = await server.get<CameraView>('/api/cameras/canary04');
    const changed = await send('PATCH', '/api/cameras/canary04', { url: known.address, name: 'Renamed' });
    expect(((await changed.json()) as CameraView).address).to.equal(
      `rtsp://***@127.0.0.1:${ports.rtsp}/stream`,
    );
    seen.push(server.log());
    seen.push(...(await supportBundle(server, folders.make())));
    socket.close();
    await server.stop();
    seen.push(...(await doctorAlone(folders.make(), ports, certificate)));
    for (const item of readdirSync(server.dataDir, { recursive: true, withFileTypes: true })) {
      if (item.isFile()) seen.push(readFileSync(join(item.parentPath, item.name), 'latin1'));
    }
    const everything = seen.join('\n');
    for (const [canary] of canaries) {
      const at = everything.indexOf(canary);
      expect(at < 0 ? '' : everything.slice(Math.max(0, at - 200), at + 40), canary).to.equal('');
    }
    const basic = Buffer.from('user:Canary01').toString('base64');
    expect(everything).not.to.include(basic);
  });
});

/** What the doctor says where no server runs, and the command lines of all that it starts to open the cameras by itself. */
async function doctorAlone(folder: string, ports: Ports, certificate: string): Promise<string[]> {
  const config = join(folder, 'config.yaml');
  const cameras = canaries
    .map(([canary, address]) => ({ id: canary.toLowerCase(), url: address(ports) }))
    .filter(({ id }) => running.includes(id) || id === 'canary01')
    .map((camera) => (camera.url.startsWith('rtsps:') ? { ...camera, certificate } : camera));
  writeFileSync(config, JSON.stringify({ cameras }), { mode: 0o600 });
  const said: string[] = [];
  const { own, others } = await commandLinesDuring(async () => {
    const place = ['--config', config, '--data', join(folder, 'data')];
    const { stdout, stderr } = await maskwatch(['doctor', '--json', ...place]);
    said.push(stdout, stderr);
  });
  for (const id of running) expect(said.join('')).to.include(id);
  expect([...own].some((line) => line.includes(`doctor --json --config ${config}`))).to.equal(true);
  expect(relayed(ofProgram('ffprobe', own)).size).to.be.at.least(running.length);
  return [...said, ...own, ...others];
}

/** The command lines of one program. */
function ofProgram(name: string, lines: ReadonlySet<string>): string[] {
  return [...lines].filter((line) => line.startsWith(`${name} `));
}

/** The addresses in command lines that are those of the relay: a path that cannot be guessed, and nothing else. */
function relayed(lines: readonly string[]): Set<string> {
  return new Set(
    lines.flatMap((line) => line.match(/(?:http|rtsp):\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}/g) ?? []),
  );
}

/**
 * What the doctor says, and every file of the bundle that it makes, with the log of the server and all credentials in a
 * configuration of its own.
 */
async function supportBundle(server: ServerProcess, folder: string): Promise<string[]> {
  const [config, log, bundle] = ['config.yaml', 'server.log', 'bundle.tar.gz'].map((name) =>
    join(folder, name),
  );
  if (config === undefined || log === undefined || bundle === undefined) throw new Error('no paths');
  const elsewhere = { rtsp: 5554, open: 5554, digest: 5554, rtsps: 5554 };
  const cameras = canaries.map(([canary, address]) => ({
    id: canary.toLowerCase(),
    url: address(elsewhere),
  }));
  // A mistake at its end: also what is wrong with a file must not show what is in it.
  const mistake = { id: 'X', url: 'rtsp://user:Canary01@h' };
  const iceServers = [{ urls: ['turn:h'], username: 'u', credential: 'Canary02' }];
  const texts = ['doctor', 'mistaken'].map(
    (name) =>
      [
        name,
        JSON.stringify({
          webrtc: { iceServers },
          cameras: name === 'doctor' ? cameras : [...cameras, mistake],
        }),
      ] as const,
  );
  const said: string[] = [];
  for (const [name, text] of texts) {
    writeFileSync(config, text);
    // As another program may have written it: addresses in clear.
    writeFileSync(
      log,
      `${server.log()}\n${cameras.map(({ url }) => `opening ${url} now\n${JSON.stringify({ url })}\n`).join('')}`,
    );
    const file = `${bundle}.${name}`;
    const args = ['--config', config, '--data', server.dataDir, '--bundle', file, '--log', log, '--json'];
    const child = await maskwatch(['doctor', ...args]);
    said.push(child.stdout, child.stderr);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const { stdout: names } = await run('tar', ['tzf', file]);
    for (const one of [
      'doctor.json',
      'configuration.json',
      'server/metrics.txt',
      'server/health.json',
      'log.txt',
    ]) {
      expect(names).to.include(`maskwatch-support/${one}\n`);
    }
    expect(names).not.to.match(/\.(jpe?g|png|webp|db|key)$/m);
    const { stdout } = await run('tar', ['xzOf', file], { maxBuffer: 2 ** 24 });
    expect(stdout).to.include('"canary04"').and.include('maskwatch_camera_up').and.include('opening ');
    expect(stdout).not.to.include(readFileSync(join(server.dataDir, 'secret.key'), 'utf8').trim());
    said.push(stdout);
  }
  return said;
}
