import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { CameraView } from '../../server/realtime/events.js';
import { clipUnits } from '../helpers/clip-units.js';
import { RtspServer } from '../helpers/rtsp-server.js';
import { type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';
import { tempFolders } from '../helpers/temp-folder.js';

const run = promisify(execFile);

/** The heart of each secret; around it stands what makes its shape hard. */
const canaries: readonly (readonly [canary: string, address: (port: number) => string])[] = [
  ['Canary01', (port) => `rtsp://user:Canary01@127.0.0.1:${port}/stream`],
  ['Canary02', (port) => `rtsp://us%40er:p%40Canary02@127.0.0.1:${port}/stream`],
  ['Canary03', (port) => `rtsp://u.s:a%3ACanary03@127.0.0.1:${port}/stream`],
  ['Canary04', (port) => `rtsp://user:a%2FCanary04@127.0.0.1:${port}/stream`],
  ['Canary05', (port) => `rtsp://user:a%23Canary05@127.0.0.1:${port}/stream`],
  ['Canary06', (port) => `rtsp://user:a%3FCanary06@127.0.0.1:${port}/stream`],
  ['Canary07', (port) => `rtsp://user:a&Canary07@127.0.0.1:${port}/stream`],
  ['Canary08', (port) => `rtsp://user:a'Canary08@127.0.0.1:${port}/stream`],
  ['Canary09', (port) => `rtsp://user:a%22Canary09@127.0.0.1:${port}/stream`],
  ['Canary10', (port) => `rtsp://user:a%20Canary10@127.0.0.1:${port}/stream`],
  ['Canary11', (port) => `rtsp://user:a%25Canary11@127.0.0.1:${port}/stream`],
  ['Canary12', (port) => `rtsp://user:ä€Canary12@127.0.0.1:${port}/stream`],
  ['Canary13', (port) => `rtsp://user:p@Canary13@127.0.0.1:${port}/stream`],
  ['Canary14', (port) => `rtsp://Canary14@127.0.0.1:${port}/stream`],
  ['Canary15', (port) => `rtsp://127.0.0.1:${port}/stream?user=bob&password=Canary15`],
  ['Canary16', (port) => `rtsp://127.0.0.1:${port}/stream?channel=1&token=Canary16%26x`],
  ['Canary17', (port) => `http://127.0.0.1:${port}/video?auth=Canary17`],
  ['Canary18', (port) => `http://user:Canary18$(x)%60@127.0.0.1:${port}/video.mjpg`],
  ['Canary19', (port) => `rtsps://user:Canary19;x=1@127.0.0.1:${port}/stream`],
  ['Canary20', (port) => `rtsp://user:a%5CCanary20%0D%0A@127.0.0.1:${port}/stream`.replace('%0D%0A', '')],
];

describe('passwords of cameras', function () {
  this.timeout(120_000);
  let camera: RtspServer;
  let server: ServerProcess;
  const folders = tempFolders();

  before(async () => {
    const units = await clipUnits({ codec: 'h264', width: 640, height: 360, fps: 10, seconds: 2 });
    camera = await RtspServer.start({
      units,
      fps: 10,
      auth: { scheme: 'digest', user: 'user', password: 'a/Canary04' },
    });
    server = await startServer(['--no-demo', '--log-level', 'trace']);
  });
  after(async () => {
    await server.dispose();
    await camera.close();
  });

  it('in twenty shapes are found nowhere: not in answers, events, logs, command lines or the database', async () => {
    const seen: string[] = [];
    const socket = await server.connect();
    socket.onAny((...event: unknown[]) => seen.push(JSON.stringify(event)));
    const live = new Promise<void>((resolve) => {
      socket.on('camera', ({ camera: { id, status } }) => {
        if (id === 'canary04' && status.state === 'live') resolve();
      });
    });
    await subscribe(socket, { cameras: '*', kinds: ['camera'] });
    for (const [canary, address] of canaries) {
      const id = canary.toLowerCase();
      const body = { id, name: `camera ${id.slice(-2)}`, url: address(camera.port), enabled: true };
      const reply = await server.send('POST', '/api/cameras', body);
      seen.push(await reply.text());
      expect(reply.status, seen.at(-1)).to.equal(201);
      if (id > 'canary05')
        await (await server.send('PATCH', `/api/cameras/${id}`, { enabled: false })).text();
    }
    await live;
    for (const line of commandLines()) seen.push(line);
    const probe = { url: canaries[0]?.[1](camera.port) };
    seen.push(await (await server.send('POST', '/api/cameras/probe', probe)).text());
    seen.push(
      await (await server.send('POST', '/api/cameras', { name: 'x', url: 'rtsp://u:1/Canary01@h/' })).text(),
    );
    for (const path of ['/api/cameras', '/api/health', '/metrics', '/api/config', '/api/openapi.json']) {
      seen.push(JSON.stringify([path, await (await server.send('GET', path)).text()]));
    }
    const known = await server.get<CameraView>('/api/cameras/canary04');
    const changed = await server.send('PATCH', '/api/cameras/canary04', {
      url: known.address,
      name: 'Renamed',
    });
    expect(((await changed.json()) as CameraView).address).to.equal(
      `rtsp://***@127.0.0.1:${camera.port}/stream`,
    );
    seen.push(server.log());
    seen.push(...(await supportBundle(server, folders.make())));
    socket.close();
    await server.stop();
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

/**
 * What the doctor says, and every file of the bundle that it makes, with the log of the server and all credentials in a
 * configuration of its own.
 */
async function supportBundle(server: ServerProcess, folder: string): Promise<string[]> {
  const [config, log, bundle] = ['config.yaml', 'server.log', 'bundle.tar.gz'].map((name) =>
    join(folder, name),
  );
  if (config === undefined || log === undefined || bundle === undefined) throw new Error('no paths');
  const cameras = canaries.map(([canary, address]) => ({ id: canary.toLowerCase(), url: address(5554) }));
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
    const child = await run(process.execPath, [
      '--import',
      'tsx',
      'server/cli/main.ts',
      'doctor',
      ...args,
    ]).catch((error: unknown) => error as { stdout: string; stderr: string });
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

/** The command lines of all processes, as every user of the machine can read them. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        // Gone since the folder was listed.
        return [];
      }
    })
    .filter((line) => line.includes('ffmpeg') || line.includes('ffprobe') || line.includes('maskwatch'));
}
