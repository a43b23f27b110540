import { expect } from 'chai';
import { probedFindings, servedFindings } from '../../../../server/cli/doctor/camera-findings.js';
import { clipUnits } from '../../../helpers/clip-units.js';
import { door } from '../../../helpers/http-bench.js';
import { RtspServer } from '../../../helpers/rtsp-server.js';

describe('the doctor, looking at cameras', function () {
  this.timeout(60_000);
  let camera: RtspServer;
  let mute: RtspServer;

  before(async () => {
    const units = await clipUnits({ codec: 'h264', width: 640, height: 360, fps: 10, seconds: 2 });
    const auth = { scheme: 'digest', user: 'user', password: 's3cr3t' } as const;
    camera = await RtspServer.start({ units, fps: 10, auth });
    mute = await RtspServer.start({ units, fps: 10 });
    mute.manners = 'mute';
  });
  after(async () => {
    await camera.close();
    await mute.close();
  });

  it('opens each one for a moment, and names the remedy, but no password', async () => {
    const at = (who: string, port = camera.port): string => `rtsp://${who}127.0.0.1:${port}/stream`;
    const look = [
      { id: 'good', url: at('user:s3cr3t@') },
      { id: 'wrong', url: at('user:wr0ngw0rd@') },
      { id: 'mute', url: at('', mute.port) },
      { id: 'closed', url: at('', 1) },
      { id: 'back', url: at('', 8080) },
      { id: 'nowhere', url: '/no/such/file.mp4' },
      { id: 'odd', url: 'gopher://user:wr0ngw0rd@h/' },
      { id: 'off', url: at('', 1), enabled: false },
      { id: 'desk', url: 'webcam:' },
    ].map((one) => ({ enabled: true, ...one }));
    const findings = await probedFindings(look, { timeoutMs: 4000, ownPort: 8080 });
    expect(findings.map(({ name, state }) => `${name} ${state}`)).to.deep.equal([
      'camera good ok',
      'camera wrong failed',
      'camera mute failed',
      'camera closed failed',
      'camera back failed',
      'camera nowhere failed',
      'camera odd failed',
      'camera off ok',
      'camera desk ok',
    ]);
    const [good, wrong, silent, closed, back, , odd] = findings;
    expect(good?.detail).to.include('640x360');
    expect(wrong?.remedy).to.include('password');
    expect(silent?.detail).to.include('timed out');
    expect(closed?.remedy).to.include('ping 127.0.0.1');
    expect(back?.detail).to.include('leads back to this server');
    expect(odd?.trouble).to.equal('configuration');
    expect(findings.every(({ state, remedy }) => state === 'ok' || remedy !== '')).to.equal(true);
    expect(JSON.stringify(findings)).not.to.match(/s3cr3t|wr0ngw0rd/);
  });

  it('believes the running server, whose connection it would disturb', () => {
    const video = { width: 1280, height: 720, fps: 25, cameraCodec: 'h264', codec: 'h264' } as const;
    const status = { state: 'live', reason: '', reconnects: 0 } as const;
    const findings = servedFindings([
      { ...door, id: 'live', status: { ...status, video } },
      { ...door, id: 'off', enabled: false, status: { ...status, state: 'stopped' } },
      { ...door, id: 'new', status: { ...status, state: 'connecting' } },
      { ...door, id: 'lost', status: { ...status, state: 'retrying', reason: '401 from camera' } },
      { ...door, id: 'any', certificate: 'any', status: { ...status, video } },
      { ...door, id: 'own', status: { ...status, state: 'retrying', reason: 'the certificate of …' } },
      { ...door, id: 'desk', kind: 'webcam', status: { ...status, state: 'retrying' } },
    ]);
    expect(findings.map(({ state, detail }) => [state, detail])).to.deep.equal([
      ['ok', 'live, 1280x720'],
      ['ok', 'switched off'],
      ['warning', 'being connected'],
      ['failed', '401 from camera'],
      ['warning', 'live, 1280x720; its certificate is not checked'],
      ['failed', 'the certificate of …'],
      ['ok', 'waits for a browser'],
    ]);
    expect(findings[3]?.remedy).to.include('password');
    for (const at of [4, 5]) expect(findings[at]?.remedy).to.include('certificate: sha256:');
  });
});
