import { expect } from 'chai';
import { ffmpegFeed } from '../../../streams/camera/ffmpeg-feed.js';
import { rtspFeed } from '../../../streams/camera/rtsp-feed.js';
import { SourceError } from '../../../streams/camera/source-error.js';
import { monotonicMs } from '../../../streams/clock.js';
import { resolveAnyHost } from '../../../streams/relay/dial.js';
import { LoopbackRelay } from '../../../streams/relay/loopback-relay.js';
import { RtpHub } from '../../../streams/rtp/rtp-hub.js';
import { splitAddress } from '../../../streams/secret/split-address.js';
import {
  HostileServer,
  type Hostility,
  letterByLetter,
  saying,
  withoutEnd,
} from '../../helpers/hostile-server.js';

/** What a connection may carry, what the kernel holds of it included. */
const mostBytes = 16e6;
const limitMs = 1000;

/** Answers each request with these words; they get the number of the request. */
function answering(words: (cseq: number) => string, body: (cseq: number) => string = () => ''): Hostility {
  return (socket, heard) => {
    let answered = 0;
    const answer = (): void => {
      for (; answered < heard().split('\r\n\r\n').length - 1; answered += 1) {
        const cseq = answered + 1;
        socket.write(`RTSP/1.0 ${words(cseq)}\r\nCSeq: ${cseq}\r\n\r\n${body(cseq)}`);
      }
    };
    answer();
    socket.on('data', answer);
  };
}

/** Each nonce is new, and the one before it was stale. */
const everStale = answering(
  (cseq) => `401 Unauthorized\r\nWWW-Authenticate: Digest realm="x", nonce="${cseq}", stale=true`,
);
const redirecting = answering(() => '302 Moved\r\nLocation: rtsp://169.254.169.254/');

/** Plays by the rules until it may send. */
const flooding: Hostility = (socket, heard) => {
  const sdp = 'm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:video\r\n';
  const words = [
    '200 OK',
    `200 OK\r\nContent-Length: ${sdp.length}`,
    '200 OK\r\nSession: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1',
  ];
  answering(
    (cseq) => words[cseq - 1] ?? '200 OK',
    (cseq) => (cseq === 2 ? sdp : ''),
  )(socket, heard);
  socket.on('data', () => {
    if (heard().includes('PLAY ')) withoutEnd('', '$\0\0\x04abcd')(socket, heard);
  });
};

const lost = 'the camera does not speak RTSP';
const flood = 'the camera sends more than any camera has to send';
const overRtsp: readonly (readonly [what: string, hostility: Hostility, reason: string])[] = [
  ['headers without end', withoutEnd('RTSP/1.0 200 OK\r\n', 'X-Header: 1\r\n'), lost],
  ['a line without end', withoutEnd('RTSP/1.0 200 ', 'A'), lost],
  ['a body without measure', saying('RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 99999999\r\n\r\n'), lost],
  ['another tongue', withoutEnd('', 'SSH-2.0-OpenSSH\r\n'), lost],
  ['an answer letter by letter', letterByLetter('RTSP/1.0 200 OK\r\n'), 'timed out after 1 s'],
  [
    'a body that does not come',
    saying('RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 99\r\n\r\nv=0'),
    'timed out after 1 s',
  ],
  ['frames in place of an answer', withoutEnd('', '$\0\0\x04abcd'), flood],
  ['answers to nothing', withoutEnd('', 'RTSP/1.0 100 Continue\r\nCSeq: 1\r\n\r\n'), flood],
  ['nothing', () => undefined, 'timed out after 1 s'],
  ['a redirect', redirecting, 'the camera redirects to another address, which is not followed'],
  ['packets without end', flooding, flood],
  ['a challenge without end', everStale, '401 from camera'],
];

describe('a hostile camera', function () {
  this.timeout(30_000);
  let relay: LoopbackRelay;
  let server: HostileServer;

  beforeEach(() => {
    relay = new LoopbackRelay(resolveAnyHost, { headTimeoutMs: limitMs });
  });
  afterEach(async () => {
    await relay.close();
    // Every connection has ended before the camera does anything.
    const sent = await Promise.all(server.gone);
    await server.close();
    expect(Math.max(0, ...sent)).to.be.lessThan(mostBytes);
  });

  /** Opens a camera until it fails. */
  async function reasonOf(feed: typeof rtspFeed | 'ffmpeg'): Promise<SourceError> {
    const address = splitAddress(`rtsp://admin:s3cret@127.0.0.1:${server.port}/stream`);
    const settings = { ...address, kind: 'rtsp', transport: 'tcp' } as const;
    const options = { relay, connectTimeoutMs: limitMs, killAfterMs: 1000 };
    const hub = new RtpHub('door', monotonicMs);
    const sink = { onVideo: () => undefined, begin: () => hub.begin('h264') };
    const { signal } = new AbortController();
    const run =
      feed === 'ffmpeg'
        ? ffmpegFeed(settings, false, options)(sink, signal)
        : feed(settings, options, sink, signal);
    const error = await run.catch((reason: unknown) => reason);
    if (!(error instanceof SourceError)) throw new Error(`ended with ${String(error)}`);
    expect(error.reason).not.to.include('s3cret');
    return error;
  }

  for (const [what, hostility, reason] of overRtsp) {
    it(`over RTSP that sends ${what} is given up, with the reason`, async () => {
      server = await HostileServer.start(hostility);
      const startMs = monotonicMs();
      const error = await reasonOf(rtspFeed);
      expect(error.reason).to.equal(reason);
      expect(monotonicMs() - startMs).to.be.lessThan(8 * limitMs);
      expect(server.gone.length).to.equal(1);
    });
  }

  it('over RTSP does no harm to the way to ffmpeg either', async () => {
    for (const [, hostility] of overRtsp) {
      server = await HostileServer.start(hostility);
      await reasonOf('ffmpeg');
      for (const sent of await Promise.all(server.gone)) expect(sent).to.be.lessThan(mostBytes);
      await server.close();
    }
    server = await HostileServer.start(() => undefined);
  });

  const broken = 'connection reset by the camera';
  const noHttp = 'the camera does not speak HTTP';
  const overHttp: readonly (readonly [what: string, hostility: Hostility, reason: string])[] = [
    ['headers without end', withoutEnd('HTTP/1.1 200 OK\r\n', 'X-Header: 1\r\n'), noHttp],
    ['a line without end', withoutEnd('HTTP/1.1 200 OK\r\nX-Header: ', 'A'), noHttp],
    ['another tongue', saying('SSH-2.0-OpenSSH\r\n\r\n'), noHttp],
    ['a head letter by letter', letterByLetter(`HTTP/1.1 200 OK\r\n${'X: 1\r\n'.repeat(999)}`), 'timed out'],
    [
      'promises without end',
      withoutEnd('', 'HTTP/1.1 100 Continue\r\n\r\n'),
      'the camera promises an answer without end',
    ],
    ['nothing', () => undefined, 'timed out'],
    [
      'less than it says',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort'),
      broken,
    ],
    [
      'a playlist without end',
      withoutEnd('HTTP/1.1 200 OK\r\n\r\n#EXTM3U\n', '#EXTINF:1,\nseg.ts\n'),
      'a playlist without end',
    ],
    [
      'a packed answer',
      saying('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n'),
      'the camera packs its answer in a way that nobody asked for',
    ],
  ];
  for (const [what, hostility, reason] of overHttp) {
    it(`over HTTP that sends ${what} is given up, with the reason`, async () => {
      server = await HostileServer.start(hostility);
      const address = splitAddress(`http://admin:s3cret@127.0.0.1:${server.port}/video`);
      const way = await relay.open({ ...address, transport: 'tcp' });
      const outcome = await fetch(way.url)
        .then((answer) => answer.text())
        .catch(() => 'broken');
      expect(outcome).to.equal('broken');
      expect(way.problem()?.reason).to.equal(reason);
    });
  }

  it('over HTTP that sends without end is read no faster than ffmpeg reads', async () => {
    server = await HostileServer.start(withoutEnd('HTTP/1.1 200 OK\r\n\r\n', 'a frame of something '));
    const way = await relay.open({ url: `http://127.0.0.1:${server.port}/`, transport: 'tcp' });
    const answer = await fetch(way.url);
    const reader = answer.body?.getReader();
    for (let taken = 0; taken < 10; taken += 1) await reader?.read();
    await reader?.cancel();
  });

  it('over HTTP with challenges that have bodies without end is asked a few times', async () => {
    const challenge = 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="x", stale=true, nonce=';
    let asked = 0;
    server = await HostileServer.start((socket, heard) => {
      asked += 1;
      withoutEnd(`${challenge}"${asked}"\r\n\r\n`, 'endless ')(socket, heard);
    });
    const address = splitAddress(`http://admin:s3cret@127.0.0.1:${server.port}/video`);
    const way = await relay.open({ ...address, transport: 'tcp' });
    const answer = await fetch(way.url);
    expect(answer.status).to.equal(401);
    await answer.body?.cancel();
    expect(asked).to.be.within(2, 6);
  });
});
