import { once } from 'node:events';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import { monotonicMs } from '../../streams/clock.js';
import { nalType, splitAnnexB, typeOfNal } from '../../streams/rtp/h264-nal.js';
import { challenge, isAuthorised } from './rtsp-auth.js';
import type { RtspRequest } from './rtsp-request.js';
import { takeRequests } from './rtsp-request.js';
import { packetise } from './rtp-packetiser.js';
import type { CameraManners, RtspServerOptions } from './rtsp-server.js';

const slowMs = 1000;

/** One client of the test camera. */
export class RtspConnection {
  readonly #socket: Socket;
  readonly #number: number;
  readonly #options: RtspServerOptions;
  readonly #manners: () => CameraManners;
  #received: Buffer = Buffer.alloc(0);
  #playing: NodeJS.Timeout | undefined;
  #udp: { readonly socket: UdpSocket; readonly port: number } | undefined;
  #pictures = 0;
  #seq = 1000;

  constructor(socket: Socket, number: number, options: RtspServerOptions, manners: () => CameraManners) {
    this.#socket = socket;
    this.#number = number;
    this.#options = options;
    this.#manners = manners;
    // A client that goes away in the middle is part of the game.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#playing);
      this.#udp?.socket.close();
    });
    socket.on('data', (data) => {
      const { requests, rest } = takeRequests(Buffer.concat([this.#received, data]));
      this.#received = rest;
      for (const request of requests) this.#take(request);
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(request: RtspRequest): void {
    const manners = this.#manners();
    if (manners === 'mute') return;
    if (manners === 'slow') setTimeout(() => this.#answer(request), slowMs);
    else this.#answer(request);
  }

  #answer(request: RtspRequest): void {
    const { auth } = this.#options;
    if (request.method === 'OPTIONS') {
      this.#reply(request, '200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN']);
    } else if (auth !== undefined && !isAuthorised(request, auth)) {
      this.#reply(request, '401 Unauthorized', [`WWW-Authenticate: ${challenge(auth)}`]);
    } else if (this.#manners() === 'not-found') {
      this.#reply(request, '404 Not Found');
    } else {
      this.#serve(request);
    }
  }

  #serve(request: RtspRequest): void {
    switch (request.method) {
      case 'DESCRIBE':
        this.#reply(
          request,
          '200 OK',
          ['Content-Type: application/sdp', `Content-Base: ${request.url}/`],
          this.#sdp(),
        );
        return;
      case 'SETUP':
        if (this.#options.udp === true) {
          void this.#openUdp(request);
        } else if (/interleaved/i.test(request.headers.transport ?? '')) {
          this.#reply(request, '200 OK', ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1', 'Session: 1']);
        } else {
          this.#reply(request, '461 Unsupported transport');
        }
        return;
      case 'PLAY':
        if (this.#manners() === 'reset') {
          this.#socket.resetAndDestroy();
          return;
        }
        this.#reply(request, '200 OK', ['Session: 1', 'Range: npt=0-']);
        this.#play(request.url, monotonicMs());
        return;
      case 'TEARDOWN':
        this.#reply(request, '200 OK', ['Session: 1']);
        this.#socket.end();
        return;
      default:
        this.#reply(request, '200 OK', ['Session: 1']);
    }
  }

  async #openUdp(request: RtspRequest): Promise<void> {
    const port = Number(/client_port=(\d+)/.exec(request.headers.transport ?? '')?.[1]);
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    this.#udp = { socket, port };
    const transport = `RTP/AVP;unicast;client_port=${port}-${port + 1};server_port=${socket.address().port}`;
    this.#reply(request, '200 OK', [`Transport: ${transport}`, 'Session: 1;timeout=60']);
  }

  #reply(request: RtspRequest, status: string, headers: readonly string[] = [], body = ''): void {
    const lines = [`RTSP/1.0 ${status}`, `CSeq: ${request.headers.cseq ?? '0'}`, ...headers];
    if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  #sdp(): string {
    const nals = splitAnnexB(this.#options.units[0]?.data ?? Buffer.alloc(0));
    const sets = nals.filter((nal) => [nalType.sps, nalType.pps].some((type) => type === typeOfNal(nal)));
    const sprop = sets.map((nal) => nal.toString('base64')).join(',');
    return [
      'v=0',
      'o=- 0 0 IN IP4 127.0.0.1',
      's=test camera',
      'c=IN IP4 0.0.0.0',
      't=0 0',
      'm=video 0 RTP/AVP 96',
      'a=rtpmap:96 H264/90000',
      `a=fmtp:96 packetization-mode=1; sprop-parameter-sets=${sprop}`,
      'a=control:video',
      '',
    ].join('\r\n');
  }

  /** Sends a picture now and all others when they are due: a camera's clock does not drift. */
  #play(url: string, startMs: number): void {
    this.#sendPicture(url);
    const dueMs = startMs + (this.#pictures * 1000) / this.#options.fps;
    this.#playing = setTimeout(
      () => {
        this.#play(url, startMs);
      },
      Math.max(0, dueMs - monotonicMs()),
    );
  }

  #sendPicture(url: string): void {
    const { units, fps, shift, onPicture } = this.#options;
    const unit = units[this.#pictures % units.length];
    const number = this.#pictures;
    this.#pictures += 1;
    if (unit === undefined || this.#manners() === 'stall') return;
    const timestamp = 5000 + Math.round((number * 90_000) / fps) + (shift?.(number) ?? 0);
    onPicture?.({ url, connection: this.#number, timestamp });
    const packets = packetise(unit.data, { ssrc: 1, payloadType: 96, timestamp, seq: this.#seq, mtu: 1400 });
    this.#seq += packets.length;
    for (const packet of packets) {
      if (this.#udp !== undefined) {
        this.#udp.socket.send(packet, this.#udp.port, '127.0.0.1');
        continue;
      }
      const frame = Buffer.from([0x24, 0, 0, 0]);
      frame.writeUInt16BE(packet.length, 2);
      this.#socket.write(Buffer.concat([frame, packet]));
    }
  }
}
