import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import request from 'supertest';
import { type CameraAccess, openCameraAccess } from '../../../server/cameras/camera-access.js';
import { type CameraDesk, createCameraDesk } from '../../../server/cameras/camera-desk.js';
import { createHttpApp } from '../../../server/http/create-http-app.js';
import { KnownSecrets } from '../../../server/secrets/known-secrets.js';
import { countPrograms } from '../../../server/metrics/count-programs.js';
import { type CameraRegistry, createCameraRegistry } from '../../../streams/camera/camera-registry.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';
import { hostileUrls, ownPort } from '../addresses/hostile-urls.js';

interface Refusal {
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

describe('hostile addresses of cameras', function () {
  this.timeout(60_000);
  const folders = tempFolders();
  let bench: HttpBench;
  let registry: CameraRegistry;
  let desk: CameraDesk;
  let reach: CameraAccess;
  let app: ReturnType<typeof createHttpApp>;
  const asked: string[] = [];
  let opened = 0;

  before(async () => {
    const dataDir = folders.make();
    bench = new HttpBench(dataDir, folders.make());
    reach = openCameraAccess({
      ...{ database: bench.db, dataDir, secretKey: undefined, secrets: new KnownSecrets() },
      log: { error: () => undefined },
      lookup: (host) => {
        asked.push(host);
        return Promise.reject(new Error('no name is known here'));
      },
    });
    reach.ownPorts.add(ownPort);
    registry = createCameraRegistry({
      relay: reach.relay,
      feedOf: () => {
        opened++;
        throw new Error('nothing must be opened here');
      },
    });
    const { store } = reach;
    desk = createCameraDesk({ registry, store, journal: bench.journal, now: Date.now, defaultFps: 10 });
    // Switched off, so that nothing is opened for it.
    desk.add({ id: 'door', name: 'Door', url: 'rtsp://10.0.0.5/1', enabled: false });
    app = createHttpApp({
      ...bench.options,
      cameras: reach.guarded(desk),
      probe: (look) => reach.probe(look),
    });
    await Promise.resolve();
  });
  after(async () => {
    desk.close();
    await registry.close();
    await reach.close();
    await bench.close();
  });

  const wrongAnswer = async (method: 'post' | 'patch', path: string, body: object): Promise<string[]> => {
    const { status, type, text } = await request(app)[method](path).send(body);
    const { code, errors = [] } = JSON.parse(text) as Refusal;
    const right =
      status === 400 &&
      type === 'application/problem+json' &&
      ['invalid-field', 'invalid-input'].includes(code) &&
      errors[0]?.pointer === '/url' &&
      errors[0].detail !== '';
    return right ? [] : [`${method} ${JSON.stringify(body)} → ${status} ${text}`];
  };

  it('are refused with field and rule when a camera is added, changed or looked at', async () => {
    const wrong: string[] = [];
    for (const url of hostileUrls) {
      wrong.push(
        ...(await wrongAnswer('post', '/api/cameras', { name: 'x', url, enabled: true })),
        ...(await wrongAnswer('patch', '/api/cameras/door', { url })),
        ...(await wrongAnswer('post', '/api/cameras/probe', { url })),
      );
    }
    expect(wrong).to.deep.equal([]);
    expect(desk.list().map(({ id, address }) => [id, address])).to.deep.equal([
      ['door', 'rtsp://10.0.0.5/1'],
    ]);
    const ffprobes = (await countPrograms('ffprobe')) ?? 0;
    expect({ asked, opened, ffprobes }).to.deep.equal({ asked: [], opened: 0, ffprobes: 0 });
  });

  it('show nothing of an address in the answer, not even a part', async () => {
    const { text } = await request(app)
      .post('/api/cameras')
      .send({ name: 'x', url: 'gopher://user:s3cr3t@h/' });
    expect(text).not.to.include('s3cr3t');
  });

  it('include links that have the name of a video and lead to something else', async () => {
    const folder = folders.make();
    const [secret, link] = [join(folder, 'secret'), join(folder, 'clip.mp4')];
    writeFileSync(secret, 'x');
    symlinkSync(secret, link);
    expect(await wrongAnswer('post', '/api/cameras', { name: 'x', url: link })).to.deep.equal([]);
    expect(await wrongAnswer('post', '/api/cameras', { name: 'x', url: `file://${link}` })).to.deep.equal([]);
  });

  it('do not keep one from giving the address back as it was shown', async () => {
    const { address } = desk.get('door') ?? { address: '' };
    const { status } = await request(app).patch('/api/cameras/door').send({ url: address, name: 'Front' });
    expect(status).to.equal(200);
  });
});
