import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import type { CameraRegistry } from '../../../streams/camera/camera-registry.js';
import { createCameraRegistry } from '../../../streams/camera/camera-registry.js';
import { selfSigned } from '../../helpers/certificate.js';
import { HttpCamera, type HttpCameraOptions } from '../../helpers/http-camera.js';
import { cachedMedia } from '../../helpers/media-cache.js';
import { StatusLog } from '../../helpers/status-log.js';

const clip = [
  '-v',
  'error',
  '-f',
  'lavfi',
  '-i',
  'testsrc2=size=320x180:rate=10:duration=6',
  '-pix_fmt',
  'yuv420p',
];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '10', '-threads', '1'];

/** An HLS playlist with its segments in a folder. */
function hls(kind: string, options: (folder: string) => Promise<readonly string[]>): Promise<string> {
  return cachedMedia(`hls-${kind}`, '', { kind, clip, h264 }, async (folder) => {
    await mkdir(folder);
    const list = ['-f', 'hls', '-hls_time', '1', '-hls_list_size', '0', ...(await options(folder))];
    await promisify(execFile)('ffmpeg', [...clip, ...h264, ...list, join(folder, 'list.m3u8')]);
  });
}

describe('a camera over HTTP', function () {
  this.timeout(60_000);
  const auth = { scheme: 'digest', user: 'admin', password: 'p@ss' } as const;
  let registry: CameraRegistry;
  let log: StatusLog;
  let camera: HttpCamera;

  beforeEach(() => {
    registry = createCameraRegistry();
    log = new StatusLog(registry);
  });
  afterEach(async () => {
    await registry.close();
    await camera.close();
  });

  async function live(options: HttpCameraOptions, path: string, certificate = ''): Promise<void> {
    camera = await HttpCamera.start(options);
    const url = camera.url(path, 'admin:p%40ss');
    registry.add(parseCamera({ id: 'door', url, certificate }));
    const { video } = await log.until('door', ({ state }) => state === 'live' || state === 'retrying', 0);
    expect(registry.get('door')?.status).to.include({ state: 'live', reason: '' });
    expect(video).to.include({ width: 320, height: 180, codec: 'h264' });
  }

  /** Serves the files of a folder; playlists are changed first. */
  function files(
    folder: string,
    change: (text: string) => string = (text) => text,
  ): HttpCameraOptions['serve'] {
    return ({ url = '', headers }, response) => {
      const path = basename(new URL(url, 'http://camera').pathname);
      void readFile(join(folder, path)).then(
        (data) => {
          if (path.endsWith('.m3u8')) {
            response.end(change(data.toString()));
            return;
          }
          const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
          const end = to === '' ? data.length - 1 : Math.min(data.length - 1, Number(to));
          response
            .writeHead(206, {
              'content-range': `bytes ${from}-${end}/${data.length}`,
              'accept-ranges': 'bytes',
            })
            .end(data.subarray(Number(from), end + 1));
        },
        () => response.writeHead(404).end(),
      );
    };
  }

  it('sends motion JPEG over TLS to whoever knows the password', async () => {
    const path = await cachedMedia('motion', '.mjpeg', { clip }, async (made) => {
      await promisify(execFile)('ffmpeg', [...clip, '-c:v', 'mjpeg', '-q:v', '5', '-f', 'mpjpeg', made]);
    });
    const motion = await readFile(path);
    const tls = await selfSigned();
    const serve: HttpCameraOptions['serve'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace;boundary=ffmpeg' });
      let at = 0;
      const timer = setInterval(() => {
        // A tenth of a second of it; some cameras cut wherever they like.
        response.write(motion.subarray(at, at + Math.ceil(motion.length / 60)));
        at = (at + Math.ceil(motion.length / 60)) % motion.length;
      }, 100);
      response.once('close', () => clearInterval(timer));
    };
    await live({ auth, tls, serve }, '/video.mjpg', tls.fingerprint);
  });

  it('sends HLS: a list of lists, with addresses of every kind and a token in each', async () => {
    const folder = await hls('plain', () => Promise.resolve([]));
    let count = 0;
    const serve = files(folder, (text) => {
      const segment = (name: string): string =>
        [name, `/abs/${name}`, camera.url(`/whole/${name}`)][count++ % 3] ?? name;
      return text.replaceAll(/^(\S+\.ts)$/gm, (name: string) => `${segment(name)}?token=s3cret`);
    });
    await live(
      {
        auth,
        serve: (request, response) => {
          if (request.url?.startsWith('/master.m3u8') !== true) serve(request, response);
          else response.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\nlive/list.m3u8?token=s3cret\n');
        },
      },
      '/master.m3u8?token=s3cret',
    );
    expect(camera.asked.some((path) => path.startsWith('/live/list.m3u8?token=s3cret'))).to.equal(true);
  });

  it('sends encrypted HLS, the key behind the same password', async () => {
    const folder = await hls('keys', async (made) => {
      await writeFile(join(made, 'one.key'), Buffer.alloc(16, 7));
      await writeFile(join(made, 'info.txt'), `one.key\n${join(made, 'one.key')}\n`);
      return ['-hls_key_info_file', join(made, 'info.txt')];
    });
    await live({ auth, serve: files(folder) }, '/list.m3u8');
    expect(camera.asked).to.include('/one.key');
  });

  it('sends HLS as ranges of one file', async () => {
    const folder = await hls('ranges', () =>
      Promise.resolve(['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file']),
    );
    await live({ auth, serve: files(folder) }, '/list.m3u8');
  });
});
