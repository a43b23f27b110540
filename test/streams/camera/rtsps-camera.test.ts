import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { expect } from 'chai';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import type { CameraRegistry } from '../../../streams/camera/camera-registry.js';
import { createCameraRegistry } from '../../../streams/camera/camera-registry.js';
import { probeCamera } from '../../../streams/camera/probe-camera.js';
import { checkCertificate } from '../../../streams/relay/certificate-rule.js';
import { selfSigned, type TestCertificate } from '../../helpers/certificate.js';
import { clipUnits } from '../../helpers/clip-units.js';
import { RtspServer } from '../../helpers/rtsp-server.js';
import { StatusLog } from '../../helpers/status-log.js';

const fps = 20;

describe('an RTSP camera over TLS with a certificate of its own', function () {
  this.timeout(40_000);
  let own: TestCertificate;
  let server: RtspServer;
  let registry: CameraRegistry;
  let log: StatusLog;

  before(async () => {
    own = await selfSigned();
    const units = await clipUnits({ codec: 'h264', width: 640, height: 360, fps, seconds: 2 });
    const auth = { scheme: 'digest', user: 'admin', password: 'secret' } as const;
    server = await RtspServer.start({ units, fps, auth, tls: own });
  });
  after(() => server.close());

  beforeEach(() => {
    registry = createCameraRegistry();
    log = new StatusLog(registry);
  });
  afterEach(() => registry.close());

  it('is opened when its certificate is pinned or any one will do, directly and through the relay', async () => {
    const url = server.url('admin:secret');
    const colons = own.fingerprint
      .slice(7)
      .toUpperCase()
      .replaceAll(/..(?=.)/g, '$&:');
    for (const certificate of [own.fingerprint, colons, 'any']) {
      registry.add(parseCamera({ id: 'door', url, certificate }));
      await log.until('door', ({ state }) => state === 'live');
      await registry.remove('door');
      // A look at a camera goes through the relay: ffprobe sees neither TLS nor the password.
      const look = await probeCamera(parseCamera({ id: 'door', url, certificate }), { timeoutMs: 8000 });
      expect(look.summary).to.equal('640x360, 20 fps, H.264, works');
    }
  });

  it('is not opened otherwise, and the reason names its fingerprint', async () => {
    const url = server.url('admin:secret');
    const other = `sha256:${'0'.repeat(64)}`;
    const unknown = `the certificate of the camera is not from an authority known here; it is ${own.fingerprint}`;
    const changed = `the certificate of the camera is not the pinned one; it is ${own.fingerprint}`;
    for (const [certificate, expected] of [
      ['verified', unknown],
      [other, changed],
    ] as const) {
      const camera = parseCamera({ id: 'door', url, certificate });
      registry.add(camera);
      expect((await log.until('door', ({ state }) => state === 'retrying')).reason).to.equal(expected);
      await registry.remove('door');
      expect(await probeCamera(camera, { timeoutMs: 8000 })).to.deep.equal({ ok: false, summary: expected });
    }
  });

  it('is told nothing before its certificate was looked at', async () => {
    let heard = 0;
    const impostor = createServer(own, (socket) => {
      socket.on('data', (data: Buffer) => (heard += data.length)).on('error', () => undefined);
    });
    impostor.listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    const { port } = impostor.address() as AddressInfo;
    try {
      registry.add(parseCamera({ id: 'door', url: `rtsps://admin:secret@127.0.0.1:${port}/` }));
      await log.until('door', ({ state }) => state === 'retrying');
      await registry.remove('door');
      expect(heard).to.equal(0);
    } finally {
      impostor.close();
    }
  });

  it('is taken as verified where its authority is known and the name is right', async () => {
    const target = { host: '127.0.0.1', port: server.port, ca: own.cert, rejectUnauthorized: false };
    for (const [servername, right] of [
      ['localhost', true],
      ['camera.example', false],
    ] as const) {
      const socket = connect({ ...target, servername });
      await once(socket, 'secureConnect');
      const check = (): void => checkCertificate(socket, 'verified');
      if (right) check();
      else expect(check).to.throw('the certificate of the camera is for another name');
      socket.destroy();
    }
  });
});
