import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Health } from '../../server/http/api.js';
import type { CameraEvent } from '../../server/realtime/events.js';
import { untilAnswer } from '../helpers/await-event.js';
import { clipUnits } from '../helpers/clip-units.js';
import { RtspServer } from '../helpers/rtsp-server.js';
import { type ClientSocket, type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';
import { tempFolders } from '../helpers/temp-folder.js';

/** What tells one life of a camera from the next. */
interface Life {
  readonly connections: number;
  readonly reconnects: number | undefined;
}

describe('a running server whose configuration file changes', function () {
  this.timeout(120_000);
  const folders = tempFolders();
  const cameras: RtspServer[] = [];
  let server: ServerProcess;
  let socket: ClientSocket;
  let file: string;
  let spans: string;
  const events: CameraEvent[] = [];

  const entry = (id: string, index: number, more = {}): object => ({
    ...{ id, url: `rtsp://127.0.0.1:${cameras[index]?.port ?? 0}/stream`, fps: 5 },
    ...more,
  });
  const write = (...entries: object[]): void => writeFileSync(file, JSON.stringify({ cameras: entries }));
  const health = (): Promise<Health> => server.get<Health>('/api/health');
  const life = async (id: string, index: number): Promise<Life> => {
    const { cameras: views } = await server.get<{
      cameras: { id: string; status: { reconnects: number } }[];
    }>('/api/cameras');
    const reconnects = views.find((view) => view.id === id)?.status.reconnects;
    return { connections: cameras[index]?.connections ?? -1, reconnects };
  };
  /** Waits until more pictures of a camera are analysed, and returns how many were. */
  const flowing = async (id: string, from = 0): Promise<number> => {
    const analysed = (report: Health): number =>
      report.cameras.find((one) => one.id === id)?.frames.processed ?? 0;
    return analysed(await untilAnswer(health, (report) => analysed(report) > from));
  };
  const seen = (id: string, change: CameraEvent['change']): Promise<unknown> =>
    untilAnswer(
      () => Promise.resolve(events.some((event) => event.camera.id === id && event.change === change)),
      Boolean,
    );

  before(async () => {
    const units = await clipUnits({ codec: 'h264', width: 640, height: 360, fps: 10, seconds: 2 });
    for (let index = 0; index < 4; index++) cameras.push(await RtspServer.start({ units, fps: 10 }));
    const folder = folders.make();
    file = join(folder, 'config.yaml');
    spans = join(folder, 'spans.jsonl');
    write(entry('stays', 0), entry('changes', 1));
    const sdk = pathToFileURL('test/helpers/register-tracing.ts').href;
    server = await startServer(['--config', file], undefined, {
      MASKWATCH_ANALYSIS_PROCESSES: '1',
      NODE_OPTIONS: `--import tsx --import ${sdk}`,
      SPANS_FILE: spans,
    });
    socket = await server.connect();
    socket.on('camera', (event) => events.push(event));
    await flowing('stays');
    await flowing('changes');
    await subscribe(socket, { cameras: '*', kinds: ['camera'] });
  });
  after(async () => {
    socket.close();
    await server.dispose();
    await Promise.all(cameras.map((camera) => camera.close()));
  });

  it('adds, changes and removes a camera without touching the others', async () => {
    const before = { stays: await life('stays', 0), pids: (await health()).analysis.map(({ pid }) => pid) };
    const changes = await life('changes', 1);

    write(entry('stays', 0), entry('changes', 1), entry('comes', 2));
    await seen('comes', 'added');
    await flowing('comes');
    expect(await life('changes', 1)).to.deep.equal(changes);

    const frames = await flowing('stays');
    write(entry('stays', 0), entry('changes', 3), entry('comes', 2));
    await seen('changes', 'changed');
    await untilAnswer(
      () => Promise.resolve(cameras[3]?.connections ?? 0),
      (connections) => connections > 0,
    );
    const comes = await life('comes', 2);

    write(entry('stays', 0), entry('changes', 3));
    await seen('comes', 'removed');
    await flowing('stays', frames);
    expect((await life('comes', 2)).connections).to.equal(comes.connections);
    expect({
      stays: await life('stays', 0),
      pids: (await health()).analysis.map(({ pid }) => pid),
    }).to.deep.equal(before);
    expect(events.filter(({ camera }) => camera.id === 'stays')).to.deep.equal([]);
  });

  it('goes on as it was while the file cannot be used, and says so', async () => {
    const metric = async (name: string): Promise<number> => {
      const text = await (await server.send('GET', '/metrics')).text();
      return Number(new RegExp(`^maskwatch_${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    const good = () => metric('config_last_reload_successful');
    const before = {
      life: await life('stays', 0),
      readAt: await metric('config_reload_success_timestamp_seconds'),
    };
    events.splice(0);
    writeFileSync(file, 'cameras:\n  - { id: stays, url: "gopher://h/", colour: blue }\n');
    await untilAnswer(good, (value) => value === 0);
    expect(server.log())
      .to.include('the configuration file is not valid; the old one stays')
      .and.include('colour');
    await flowing('stays', await flowing('stays'));
    expect({
      life: await life('stays', 0),
      readAt: await metric('config_reload_success_timestamp_seconds'),
    }).to.deep.equal(before);
    write(entry('stays', 0), entry('changes', 3));
    await untilAnswer(good, (value) => value === 1);
    expect(await metric('config_reload_success_timestamp_seconds')).to.be.greaterThan(before.readAt);
    expect(events).to.deep.equal([]);
  });

  it('takes nothing of a file in which one camera has an address that may not be used', async () => {
    const before = await life('stays', 0);
    events.splice(0);
    write(
      entry('stays', 0),
      entry('changes', 3),
      { id: 'bad', url: 'concat:/etc/passwd' },
      entry('comes', 2),
    );
    await untilAnswer(
      () => server.get<{ problems: { key: string }[] }>('/api/config'),
      ({ problems }) => problems[0]?.key === 'cameras.2.url',
    );
    write(entry('stays', 0), entry('changes', 3), entry('comes', 2));
    await seen('comes', 'added');
    expect(await life('stays', 0)).to.deep.equal(before);
    expect(new Set(events.map(({ camera }) => camera.id))).to.deep.equal(new Set(['comes']));
  });

  it('takes no hostile address by the API either: not of a camera, nor into the file', async () => {
    const text = readFileSync(file, 'utf8');
    for (const url of ['concat:/etc/passwd', '/etc/passwd', 'rtsp://169.254.169.254/1', server.url]) {
      for (const [method, path, body, pointer] of [
        ['POST', '/api/cameras', { name: 'x', url }, '/url'],
        ['PATCH', '/api/config', { cameras: [entry('stays', 0), { id: 'x', url }] }, '/cameras/1/url'],
      ] as const) {
        const reply = await server.send(method, path, body);
        expect(reply.status, `${path} ${url}`).to.equal(400);
        const { errors } = (await reply.json()) as { errors: { pointer: string }[] };
        expect(errors[0]?.pointer).to.equal(pointer);
      }
    }
    expect(readFileSync(file, 'utf8')).to.equal(text);
  });

  it('traced all of that for the SDK that was registered before it began', async () => {
    await server.stop();
    const lines = readFileSync(spans, 'utf8').trim().split('\n');
    const all = lines.map(
      (line) => JSON.parse(line) as { name: string; attributes: Record<string, unknown> },
    );
    const ofCamera = (name: string): unknown[] =>
      all.filter((span) => span.name === name).map(({ attributes }) => attributes['maskwatch.camera.id']);
    expect(ofCamera('camera start')).to.include.members(['stays', 'changes', 'comes']);
    expect(ofCamera('frame')).to.include.members(['stays', 'changes', 'comes']);
    expect(all.some(({ name }) => name === 'GET /api/health')).to.equal(true);
    expect(lines.join('\n')).not.to.include('rtsp:');
  });
});
