import type { Socket } from 'node:net';
import { monotonicMs } from '../clock.js';
import { Authenticator, mostTries } from './authenticator.js';
import type { CertificateRule } from './certificate-rule.js';
import type { RevealedAddress } from './credentials.js';
import { dial, type ResolveHost, upstreamOf } from './dial.js';
import { FloodGuard } from './flood-guard.js';
import { RelayError, relayErrorOf } from './relay-problem.js';
import { RtspAddresses } from './rtsp-addresses.js';
import { headerOf, RtspReader, type RtspMessage } from './rtsp-reader.js';
import { askedChannel, serverPorts } from './rtsp-transport.js';
import { UdpChannels } from './udp-channels.js';

/** What one connection of ffmpeg needs to know about its camera. */
export interface RtspTarget {
  readonly address: RevealedAddress;
  readonly certificate: CertificateRule;
  readonly transport: 'tcp' | 'udp';
  readonly resolve: ResolveHost;
  /** Told why the way to the camera broke; at most once. */
  readonly onProblem: (problem: RelayError) => void;
}

interface Request {
  readonly method: string;
  readonly uri: string;
  /** ffmpeg's number of it. */
  readonly cseq: string;
  readonly headers: readonly string[];
  readonly udp?: { readonly channels: UdpChannels; readonly channel: number };
  tried: boolean;
  tries: number;
}

const methods: ReadonlySet<string> = new Set([
  'OPTIONS',
  'DESCRIBE',
  'SETUP',
  'PLAY',
  'PAUSE',
  'TEARDOWN',
  'GET_PARAMETER',
]);
const passedUp = ['accept', 'session', 'range', 'user-agent'];
const passedDown = ['public', 'session', 'range', 'content-type'];
/** Requests that wait for an answer; ffmpeg has one or two. */
const mostWaiting = 8;
const lingerMs = 1000;
const mostUnreadBytes = 64 * 1024;

/**
 * One RTSP conversation between ffmpeg and a camera. Requests go up with the camera's own addresses and our credentials;
 * answers come down without them. Redirects are not followed, requests of the camera are refused. Interleaved frames pass
 * both ways untouched; for a camera over UDP the packets are framed here.
 */
export class RtspSession {
  /** Resolves when both connections are gone. */
  readonly ended: Promise<void>;
  readonly #client: Socket;
  readonly #target: RtspTarget;
  readonly #addresses: RtspAddresses;
  readonly #authenticator: Authenticator;
  readonly #fromClient = new RtspReader();
  readonly #fromCamera = new RtspReader();
  readonly #guard = new FloodGuard();
  readonly #waiting: Request[] = [];
  readonly #udp = new Map<number, UdpChannels>();
  #camera: Socket | undefined;
  #cseq = 0;
  #open = true;
  #problemTold = false;
  constructor(client: Socket, target: RtspTarget) {
    this.#client = client;
    this.#target = target;
    this.#addresses = new RtspAddresses(target.address.url.href);
    this.#authenticator = new Authenticator(target.address.credentials);
    this.ended = this.#run();
  }

  /** Takes a request that ffmpeg sent, with what stands behind our own address in it. */
  request(message: RtspMessage, rest: string): void {
    void this.#accept(message, rest).catch((error: unknown) => this.#fail(error));
  }

  /** Takes bytes of ffmpeg; `route` reads the rest of our address out of a request, or refuses. */
  data(chunk: Buffer, route: (message: RtspMessage) => string | undefined): void {
    for (const item of this.#fromClient.push(chunk)) {
      if (Buffer.isBuffer(item)) this.#frameUp(item);
      else {
        const rest = route(item);
        if (rest === undefined) this.#answer(headerOf(item, 'cseq'), '404 Not Found');
        else this.request(item, rest);
      }
    }
  }

  /** Ends both sides at once. Idempotent. */
  close(): void {
    this.#open = false;
    this.#client.destroy();
    this.#camera?.destroy();
    for (const channels of this.#udp.values()) channels.close();
    this.#udp.clear();
  }

  async #run(): Promise<void> {
    const clientGone = new Promise<void>((resolve) => this.#client.once('close', () => resolve()));
    try {
      const { address, certificate, resolve: resolveHost } = this.#target;
      const camera = await dial(upstreamOf(address.url, certificate), resolveHost);
      this.#camera = camera;
      const cameraGone = new Promise<void>((resolve) => camera.once('close', () => resolve()));
      camera.on('error', (error) => this.#tell(relayErrorOf(error)));
      camera.on('data', (chunk: Buffer) => this.#fromAbove(chunk));
      camera.on('end', () => this.#client.end());
      camera.once('close', () => this.#client.destroySoon());
      this.#client.on('drain', () => camera.resume());
      this.#client.once('end', () => this.#leave(camera));
      this.#client.once('close', () => this.#leave(camera));
      if (!this.#open || this.#client.destroyed) camera.destroy();
      this.#send();
      await Promise.all([clientGone, cameraGone]);
    } catch (error) {
      this.#fail(error);
      await clientGone;
    } finally {
      this.close();
    }
  }

  /** ffmpeg has gone: what it said last, such as TEARDOWN, still goes out. */
  #leave(camera: Socket): void {
    camera.end();
    setTimeout(() => camera.destroy(), lingerMs).unref();
  }

  async #accept(message: RtspMessage, rest: string): Promise<void> {
    const [method = ''] = message.start.split(' ');
    const cseq = headerOf(message, 'cseq') ?? '0';
    const uri = this.#addresses.upstream(rest);
    if (!methods.has(method) || uri === undefined || this.#waiting.length >= mostWaiting) {
      this.#answer(cseq, methods.has(method) ? '404 Not Found' : '405 Method Not Allowed');
      return;
    }
    const headers = message.headers
      .filter(([name]) => passedUp.includes(name))
      .map(([name, value]) => `${name}: ${value}`);
    const request: Request = { method, uri, cseq, headers, tried: false, tries: 0 };
    this.#waiting.push(
      method === 'SETUP' ? await this.#setUp(request, headerOf(message, 'transport')) : request,
    );
    if (this.#waiting.length === 1) this.#send();
  }

  async #setUp(request: Request, transport: string | undefined): Promise<Request> {
    const channel = askedChannel(transport);
    if (this.#target.transport === 'tcp' || channel === undefined) {
      return { ...request, headers: [...request.headers, `Transport: ${transport ?? ''}`] };
    }
    const channels = await UdpChannels.open(this.#camera?.remoteAddress ?? '', channel, (frame) =>
      this.#packetDown(frame),
    );
    this.#udp.get(channel)?.close();
    this.#udp.set(channel, channels);
    if (!this.#open) this.close();
    const ports = `client_port=${channels.port}-${channels.port + 1}`;
    return {
      ...request,
      headers: [...request.headers, `Transport: RTP/AVP;unicast;${ports}`],
      udp: { channels, channel },
    };
  }

  /** Sends the first request that waits; the next one follows its answer. */
  #send(): void {
    const [request] = this.#waiting;
    if (request === undefined || this.#camera === undefined) return;
    this.#cseq += 1;
    const { method, uri, headers } = request;
    const proof = this.#authenticator.header(method, uri);
    request.tried = proof !== undefined;
    request.tries += 1;
    const lines = [`${method} ${uri} RTSP/1.0`, `CSeq: ${this.#cseq}`, ...headers];
    if (proof !== undefined) lines.push(`Authorization: ${proof}`);
    this.#camera.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  #fromAbove(chunk: Buffer): void {
    try {
      this.#client.cork();
      for (const item of this.#guard.checked(this.#fromCamera.push(chunk), chunk.length, monotonicMs())) {
        if (Buffer.isBuffer(item)) this.#down(item);
        else this.#takeAnswer(item);
      }
      this.#client.uncork();
      if (this.#client.writableNeedDrain) this.#camera?.pause();
    } catch (error) {
      this.#fail(
        error instanceof RelayError ? error : new RelayError('unreadable', 'the camera does not speak RTSP'),
      );
    }
  }

  #takeAnswer(message: RtspMessage): void {
    const status = /^RTSP\/1\.\d (\d{3})/.exec(message.start)?.[1];
    if (status === undefined) {
      this.#refuse(headerOf(message, 'cseq') ?? '0');
      return;
    }
    const [request] = this.#waiting;
    // An answer to nothing: the camera counts wrongly, ffmpeg need not know.
    if (request === undefined || status.startsWith('1')) return;
    if (status === '401' && request.tries < mostTries) {
      const asked = message.headers.filter(([name]) => name === 'www-authenticate').map(([, value]) => value);
      if (this.#authenticator.challenge(asked, request.tried)) {
        this.#send();
        return;
      }
    }
    if (status.startsWith('3')) {
      throw new RelayError(
        'forbidden-address',
        'the camera redirects to another address, which is not followed',
      );
    }
    this.#waiting.shift();
    this.#reply(request, message);
    this.#send();
  }

  /** What a camera asks of us; one that takes no answers must not fill our memory with them. */
  #refuse(cseq: string): void {
    if ((this.#camera?.writableLength ?? 0) > mostUnreadBytes) {
      throw new RelayError('unreadable', 'the camera asks without end');
    }
    this.#camera?.write(`RTSP/1.0 501 Not Implemented\r\nCSeq: ${cseq}\r\n\r\n`);
  }

  #reply(request: Request, message: RtspMessage): void {
    const { start, headers, body } = message;
    const fine = start.includes(' 200');
    const lines = headers
      .filter(([name]) => passedDown.includes(name))
      .map(([name, value]) => `${name}: ${value}`);
    if (request.method === 'SETUP' && fine)
      lines.push(this.#transportDown(request, headerOf(message, 'transport')));
    const sdp =
      request.method === 'DESCRIBE' && fine
        ? Buffer.from(
            this.#addresses.rewrite(body.toString('latin1'), headerOf(message, 'content-base')),
            'latin1',
          )
        : undefined;
    this.#answer(request.cseq, start.replace(/^\S+ /, ''), lines, sdp);
  }

  #transportDown({ udp }: Request, transport: string | undefined): string {
    if (udp === undefined) return `Transport: ${transport ?? ''}`;
    const ports = serverPorts(transport);
    if (ports !== undefined) udp.channels.begin(ports.rtp, ports.rtcp);
    return `Transport: RTP/AVP/TCP;unicast;interleaved=${udp.channel}-${udp.channel + 1}`;
  }

  #answer(cseq: string | undefined, status: string, headers: readonly string[] = [], body?: Buffer): void {
    const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
    this.#down(
      Buffer.from(
        `${[`RTSP/1.0 ${status}`, `CSeq: ${cseq ?? '0'}`, ...headers, ...length].join('\r\n')}\r\n\r\n`,
        'latin1',
      ),
    );
    if (body !== undefined) this.#down(body);
  }

  #down(data: Buffer): void {
    if (this.#client.writable) this.#client.write(data);
  }

  /** A packet that came over UDP: a reader that is too slow loses it, as it would without us. */
  #packetDown(frame: Buffer): void {
    if (!this.#client.writableNeedDrain) this.#down(frame);
  }

  #frameUp(frame: Buffer): void {
    const channels = this.#udp.get((frame[1] ?? 0) & 0xfe);
    if (channels !== undefined) channels.report(frame.subarray(4));
    else if (this.#target.transport === 'tcp') this.#camera?.write(frame);
  }

  #fail(error: unknown): void {
    this.#tell(relayErrorOf(error));
    this.close();
  }

  #tell(problem: RelayError): void {
    if (this.#problemTold || !this.#open) return;
    this.#problemTold = true;
    this.#target.onProblem(problem);
  }
}
