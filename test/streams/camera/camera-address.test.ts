import { expect } from 'chai';
import fc from 'fast-check';
import { parseAddress } from '../../../streams/camera/camera-address.js';
import { parseCamera } from '../../../streams/camera/camera-config.js';
import { CameraFieldError } from '../../../streams/camera/camera-field-error.js';

const accepted: readonly (readonly [text: string, kind: string, url: string])[] = [
  ['rtsp://10.0.0.5/stream1', 'rtsp', 'rtsp://10.0.0.5/stream1'],
  ['RTSP://user:pass@cam:8554/a?b=c', 'rtsp', 'rtsp://cam:8554/a?b=c'],
  ['rtsps://cam/stream', 'rtsp', 'rtsps://cam/stream'],
  ['http://cam/mjpeg', 'http', 'http://cam/mjpeg'],
  ['https://cam:8443/live.m3u8', 'http', 'https://cam:8443/live.m3u8'],
  ['clip.mp4', 'file', '/base/clip.mp4'],
  ['./a b/clip.mp4', 'file', '/base/a b/clip.mp4'],
  ['/videos/clip.mp4', 'file', '/videos/clip.mp4'],
  ['/videos/a:b.mp4', 'file', '/videos/a:b.mp4'],
  ['file:clip.mp4', 'file', '/base/clip.mp4'],
  ['file:///videos/a%20b.mp4', 'file', '/videos/a b.mp4'],
  ['webcam:', 'webcam', ''],
];

const refused: readonly (readonly [text: string, rule: RegExp])[] = [
  ['', /empty/],
  ['-i', /begin with "-"/],
  ['-protocol_whitelist', /begin with "-"/],
  ['rtsp://cam/a\nb', /control/],
  ['clip\0.mp4', /control/],
  ['concat:/etc/passwd|/etc/shadow', /unknown scheme/],
  ['CONCAT:/etc/passwd', /unknown scheme/],
  ['data:text/plain,hello', /unknown scheme/],
  ['pipe:0', /unknown scheme/],
  ['tcp://127.0.0.1:25', /unknown scheme/],
  ['udp://239.0.0.1:1234', /unknown scheme/],
  ['subfile,,start,0,end,0,,:/etc/passwd', /unknown scheme/],
  ['crypto+http://cam/', /unknown scheme/],
  ['lavfi:testsrc', /unknown scheme/],
  [' rtsp://cam/', /space/],
  ['rtsp://cam/ -i /etc/passwd', /spaces/],
  ['http:\\\\cam\\x', /host|backslash/],
  ['rtsp:/cam', /host/],
  ['rtsp:///stream', /host/],
  ['rtsp://', /host/],
  ['rtsp://user:1/2@cam/', /percent-encoded/],
  ['rtsp://user:1?2@cam/', /percent-encoded/],
  ['rtsp://user:1#2@cam/', /percent-encoded/],
  ['rtsp://***@cam/', /write them out/],
  ['rtsp://user:pa/ss@cam/', /valid URL|percent/],
  ['rtsp://user:%00@cam/', /control/],
  ['rtsp://user:100%@cam/', /percent/],
  ['file://otherhost/etc/passwd', /this machine/],
  ['file:', /name a file/],
  ['webcam:0', /nothing after/],
  [`rtsp://cam/${'a'.repeat(3000)}`, /2048/],
];

describe('the address of a camera', () => {
  for (const [text, kind, url] of accepted) {
    it(`takes ${JSON.stringify(text)} for a source of kind ${kind}`, () => {
      const { access, ...shown } = parseAddress(text, '/base');
      expect(shown).to.deep.equal({ kind, url });
      expect(access?.reveal()).to.equal(
        text.includes('user:pass') ? text.replace('RTSP', 'rtsp') : undefined,
      );
    });
  }

  for (const [text, rule] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 50))}, naming the rule`, () => {
      expect(() => parseAddress(text, '/base')).to.throw(CameraFieldError, rule);
    });
  }

  it('gives ffmpeg nothing but the allowed schemes and absolute paths, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((tail) => `rtsp://${tail}`),
        ),
        (text) => {
          try {
            const { kind, url } = parseAddress(text, '/base');
            const allowed = { rtsp: /^rtsps?:\/\//, http: /^https?:\/\//, file: /^\//, webcam: /^$/ };
            expect(url).to.match(allowed[kind]);
            expect(url).not.to.match(/\p{Cc}/u);
          } catch (error) {
            expect(error).to.be.instanceOf(CameraFieldError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the settings of a camera', () => {
  it('get their defaults', () => {
    expect(parseCamera({ id: 'door', url: 'rtsp://cam/' })).to.deep.equal({
      id: 'door',
      name: 'door',
      kind: 'rtsp',
      url: 'rtsp://cam/',
      transport: 'tcp',
      loop: false,
      fps: 10,
      enabled: true,
      demo: false,
      privacy: [],
    });
  });

  it('are refused with the field and the rule', () => {
    const wrong = [
      [{ id: 'Front Door' }, /^id must be lower-case/],
      [{ name: ' ' }, /^name must be/],
      [{ fps: Number.NaN }, /^fps must be/],
      [{ fps: 31 }, /^fps must be/],
      [{ url: 'pipe:0' }, /^url has an unknown scheme/],
    ] as const;
    for (const [fields, message] of wrong) {
      expect(() => parseCamera({ id: 'door', url: 'rtsp://cam/', ...fields })).to.throw(
        CameraFieldError,
        message,
      );
    }
  });
});
