import { expect } from 'chai';
import { LoopbackRelay } from '../../../streams/relay/loopback-relay.js';
import type { RelayedSource } from '../../../streams/relay/source-relay.js';
import { splitAddress } from '../../../streams/secret/split-address.js';
import { selfSigned } from '../../helpers/certificate.js';
import { HttpCamera, type HttpCameraOptions } from '../../helpers/http-camera.js';

describe('the way to a camera over HTTP', () => {
  let relay: LoopbackRelay;
  let camera: HttpCamera;

  beforeEach(() => {
    relay = new LoopbackRelay();
  });
  afterEach(async () => {
    await relay.close();
    await camera.close();
  });

  async function open(
    options: HttpCameraOptions,
    path: string,
    certificate?: `sha256:${string}`,
  ): Promise<RelayedSource> {
    camera = await HttpCamera.start(options);
    const typed = camera.url(path, options.auth === undefined ? undefined : 'ad%20min:p%40ss');
    return relay.open({ ...splitAddress(new URL(typed).href), transport: 'tcp', certificate });
  }

  for (const scheme of ['basic', 'digest', 'digest-sha256'] as const) {
    it(`proves who we are by ${scheme}, also over TLS, and once the camera has asked without being asked again`, async () => {
      const tls = await selfSigned();
      const auth = { scheme, user: 'ad min', password: 'p@ss' };
      let refused = 0;
      const options: HttpCameraOptions = {
        auth,
        tls,
        serve: (_, response) => response.end('a picture'),
      };
      const way = await open(options, '/video?channel=1&token=abc', tls.fingerprint as `sha256:${string}`);
      expect(way.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/0$/);
      for (let round = 0; round < 2; round += 1) {
        const answer = await fetch(way.url);
        if (answer.status !== 200) refused += 1;
        expect(await answer.text()).to.equal('a picture');
      }
      expect(refused).to.equal(0);
      expect(camera.asked).to.deep.equal(['/video?channel=1&token=abc', '/video?channel=1&token=abc']);
    });
  }

  it('hands a wrong password back as 401, and asks no third time', async () => {
    const auth = { scheme: 'digest', user: 'ad min', password: 'another' } as const;
    const way = await open({ auth, serve: (_, response) => response.end() }, '/video');
    expect((await fetch(way.url)).status).to.equal(401);
    expect(camera.asked).to.deep.equal([]);
  });

  it('rewrites every address of a playlist, and takes out what leads elsewhere', async () => {
    const playlist = (port: number): string =>
      [
        '#EXTM3U',
        '#EXT-X-VERSION:7',
        '#EXT-X-MAP:URI="init.mp4?token=abc",BYTERANGE="700@0"',
        '#EXT-X-KEY:METHOD=AES-128,URI="../keys/one.key",IV=0x01',
        '#EXT-X-KEY:METHOD=AES-128,URI="http://169.254.169.254/latest"',
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="https://elsewhere.example/a.m3u8"',
        '#EXTINF:1.0,',
        '#EXT-X-BYTERANGE:1000@700',
        'seg.ts?token=abc',
        '',
        '#EXTINF:1.0,',
        `http://127.0.0.1:${port}/absolute/seg.ts`,
        '#EXTINF:1.0,',
        '/top/seg.ts',
        '#EXTINF:1.0,',
        'http://elsewhere.example/seg.ts',
        '#EXTINF:1.0,',
        'file:///etc/passwd',
        '#EXTINF:1.0,',
        `http://127.0.0.1:${port + 1}/other-port.ts`,
        '#EXT-X-ENDLIST',
      ].join('\r\n');
    const way = await open(
      {
        serve: ({ url, headers }, response) => {
          if (url?.startsWith('/live/list.m3u8') === true) response.end(playlist(camera.port));
          else
            response
              .writeHead(206, { 'content-range': 'bytes 1-3/9' })
              .end(`${url ?? ''} ${headers.range ?? ''}`);
        },
      },
      '/live/list.m3u8?session=s3cret',
    );
    const text = await (await fetch(way.url)).text();
    for (const word of ['elsewhere', '169.254', 'passwd', 'abc', 's3cret', `${camera.port}`, 'seg', 'keys']) {
      expect(text).not.to.include(word);
    }
    const local = [...text.matchAll(/(?:URI=")?(\/[0-9a-f]{32}\/\d+\.\w+)"?/g)].map(([, path]) => path ?? '');
    expect(text).to.include('BYTERANGE="700@0"').and.to.include('#EXT-X-BYTERANGE:1000@700');
    const led = await Promise.all(
      local.map(async (path) => {
        const answer = await fetch(new URL(path, way.url), { headers: { range: 'bytes=1-3' } });
        expect(answer.status).to.equal(206);
        expect(answer.headers.get('content-range')).to.equal('bytes 1-3/9');
        return answer.text();
      }),
    );
    expect(led).to.deep.equal(
      [
        '/live/init.mp4?token=abc',
        '/keys/one.key',
        '/live/seg.ts?token=abc',
        '/absolute/seg.ts',
        '/top/seg.ts',
      ].map((path) => `${path} bytes=1-3`),
    );
  });

  it('follows a redirect within the camera, and none to elsewhere or without end', async () => {
    const places: Record<string, string> = {
      '/here': '/there?a=1',
      '/away': 'http://localhost:1/',
      '/file': 'file:///etc/passwd',
      '/loop': '/loop',
    };
    const serve: HttpCameraOptions['serve'] = ({ url = '' }, response) => {
      const location = places[url];
      if (location === undefined) response.end('a picture');
      else response.writeHead(302, { location }).end();
    };
    camera = await HttpCamera.start({ serve });
    const here = await relay.open({ url: camera.url('/here'), transport: 'tcp' });
    expect(await (await fetch(here.url)).text()).to.equal('a picture');
    for (const path of ['/away', '/file', '/loop']) {
      const way = await relay.open({ url: camera.url(path), transport: 'tcp' });
      expect(await fetch(way.url).catch(() => 'broken')).to.equal('broken');
      expect(way.problem()).to.include({
        code: 'forbidden-address',
        reason: 'the camera redirects to another address, which is not followed',
      });
    }
    expect(camera.asked.filter((path) => path === '/loop').length).to.be.at.most(4);
  });

  it('is gone when it is closed, also under way', async () => {
    const way = await open({ serve: (_, response) => void response.write('endless ') }, '/video');
    const answer = await fetch(way.url);
    await way.close();
    expect(await answer.text().catch(() => 'broken')).to.equal('broken');
    expect((await fetch(way.url)).status).to.equal(404);
  });
});
