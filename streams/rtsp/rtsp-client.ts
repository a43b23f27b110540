import type { Socket } from 'node:net';
import { monotonicMs } from '../clock.js';
import { Authenticator, mostTries } from '../relay/authenticator.js';
import { FloodGuard } from '../relay/flood-guard.js';
import { RelayError, relayErrorOf } from '../relay/relay-problem.js';
import { isRtspAddress, resolveControl } from '../relay/rtsp-control.js';
import { headerOf, RtspReader, type RtspMessage } from '../relay/rtsp-reader.js';
import { askedChannel, serverPorts } from '../relay/rtsp-transport.js';
import { UdpChannels } from '../relay/udp-channels.js';
import type { Credentials } from '../relay/credentials.js';
import { refusalOf } from './refusal.js';

/** What a conversation needs to know about its camera. */
export interface RtspClientOptions {
  /** The camera's address without user and password. */
  readonly url: string;
  readonly credentials?: Credentials | undefined;
  readonly transport: 'tcp' | 'udp';
  /** Each RTP packet of the track, in order, and its arrival in milliseconds of `monotonicMs()`; a view that does not last. */
  readonly onPacket: (packet: Buffer, arrivalMs: number) => void;
}

const channel = 0;
/** When the camera does not say how long a session lives without a word, in seconds (RFC 2326, section 12.37). */
const usualTimeoutS = 60;
const leastKeepAliveMs = 5000;
const reportEveryMs = 5000;
const lingerMs = 500;
/** Our refusals that a camera has not taken yet, in bytes. */
const mostUnreadBytes = 64 * 1024;
/** An empty receiver report (RFC 3550, section 6.4.2). */
const report = Buffer.from([0x80, 0xc9, 0, 1, 0, 0, 0, 0]);

/**
 * One RTSP conversation with a camera (RFC 2326): one track of it, over the connection itself or over UDP. Redirects are not
 * followed, requests of the camera are refused. All methods reject with `RelayError`.
 */
export class RtspClient {
  /** Resolves with the reason when the connection is gone. */
  readonly gone: Promise<RelayError>;
  readonly #socket: Socket;
  readonly #options: RtspClientOptions;
  readonly #reader = new RtspReader();
  readonly #guard = new FloodGuard();
  readonly #authenticator: Authenticator;
  #waiting: { readonly done: (message: RtspMessage) => void } | undefined;
  #problem: RelayError | undefined;
  #udp: UdpChannels | undefined;
  #session: string | undefined;
  #base: string;
  #cseq = 0;
  #channel = 0;
  #lifeSign = 'OPTIONS';
  #timeoutS = usualTimeoutS;
  #timers: NodeJS.Timeout[] = [];
  #closing = false;

  /** @param socket connected, and from now on the client's */
  constructor(socket: Socket, options: RtspClientOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#base = options.url;
    this.#authenticator = new Authenticator(options.credentials);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => (this.#problem ??= relayErrorOf(error)));
    this.gone = new Promise((resolve) => {
      socket.once('close', () => {
        this.#release();
        resolve(this.#problem ?? new RelayError('disconnected', 'connection closed by the camera'));
      });
    });
  }

  /** Asks for the session description. */
  async describe(): Promise<string> {
    // Some cameras want to be asked for what they can; none need an answer to be understood.
    const methods = headerOf(await this.#ask('OPTIONS', this.#options.url), 'public') ?? '';
    if (/\bGET_PARAMETER\b/.test(methods)) this.#lifeSign = 'GET_PARAMETER';
    const { headers, body } = await this.#insist('DESCRIBE', this.#options.url, ['Accept: application/sdp']);
    const base = headers.find(([name]) => name === 'content-base')?.[1];
    if (base !== undefined && isRtspAddress(base)) this.#base = base;
    return body.toString('latin1');
  }

  /** Chooses the track. @param control its address as the description gives it */
  async setUp(control: string): Promise<void> {
    const uri = resolveControl(this.#base, control);
    const udp = await this.#openUdp();
    const transport =
      udp === undefined
        ? `RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`
        : `RTP/AVP;unicast;client_port=${udp.port}-${udp.port + 1}`;
    const answer = await this.#insist('SETUP', uri, [`Transport: ${transport}`]);
    const [id, ...parameters] = (headerOf(answer, 'session') ?? '').split(';');
    this.#session = id?.trim() === '' ? undefined : id?.trim();
    const chosen = headerOf(answer, 'transport');
    const ports = serverPorts(chosen);
    if (udp === undefined) this.#channel = askedChannel(chosen) ?? channel;
    else if (ports !== undefined) udp.begin(ports.rtp, ports.rtcp);
    const said = /timeout\s*=\s*(\d{1,5})/i.exec(parameters.join(';'))?.[1];
    if (said !== undefined) this.#timeoutS = Number(said);
  }

  /** Starts the video. @param control the session's address as the description gives it */
  async play(control: string): Promise<void> {
    this.#base = resolveControl(this.#base, control);
    await this.#insist('PLAY', this.#base, ['Range: npt=0.000-']);
    this.#keepAlive();
  }

  /** Says good-bye and ends the connection. Idempotent; resolves when it is gone. */
  async close(): Promise<void> {
    if (!this.#closing) {
      this.#closing = true;
      this.#problem ??= new RelayError('other', 'called off');
      if (this.#session !== undefined) this.#send('TEARDOWN', this.#base, []);
      this.#socket.end();
      this.#timers.push(setTimeout(() => this.#socket.destroy(), lingerMs));
    }
    await this.gone;
  }

  async #openUdp(): Promise<UdpChannels | undefined> {
    if (this.#options.transport === 'tcp') return undefined;
    const udp = await UdpChannels.open(this.#socket.remoteAddress ?? '', channel, (frame) => {
      // RTCP comes with the next channel's number.
      if (frame[1] === channel) this.#options.onPacket(frame.subarray(4), monotonicMs());
    });
    if (this.#socket.destroyed) udp.close();
    else this.#udp = udp;
    return udp;
  }

  /** Cameras end a session that they hear nothing of. */
  #keepAlive(): void {
    if (this.#socket.destroyed) return;
    const everyMs = Math.max(leastKeepAliveMs, (this.#timeoutS * 1000) / 2);
    this.#timers.push(
      setInterval(() => this.#send(this.#lifeSign, this.#base, []), everyMs),
      setInterval(() => this.#udp?.report(report), reportEveryMs),
    );
  }

  /** @throws RelayError for every answer but 200 */
  async #insist(method: string, uri: string, headers: readonly string[]): Promise<RtspMessage> {
    const answer = await this.#ask(method, uri, headers);
    const status = statusOf(answer);
    if (status !== 200) throw refusalOf(status);
    return answer;
  }

  /** Asks, with credentials when the camera wants them. */
  async #ask(method: string, uri: string, headers: readonly string[] = []): Promise<RtspMessage> {
    for (let tries = 1; ; tries += 1) {
      const tried = this.#send(method, uri, headers);
      const answer = await this.#answer();
      if (statusOf(answer) !== 401 || tries === mostTries) return answer;
      if (!this.#authenticator.challenge(challengesOf(answer), tried)) return answer;
    }
  }

  async #answer(): Promise<RtspMessage> {
    const answer = new Promise<RtspMessage>((done) => (this.#waiting = { done }));
    const first = await Promise.race([answer, this.gone]);
    if (first instanceof RelayError) throw first;
    return first;
  }

  /** @returns whether credentials went along */
  #send(method: string, uri: string, headers: readonly string[]): boolean {
    if (!this.#socket.writable) return false;
    this.#cseq += 1;
    const proof = this.#authenticator.header(method, uri);
    const lines = [
      `${method} ${uri} RTSP/1.0`,
      `CSeq: ${this.#cseq}`,
      'User-Agent: maskwatch',
      ...(this.#session === undefined ? [] : [`Session: ${this.#session}`]),
      ...headers,
      ...(proof === undefined ? [] : [`Authorization: ${proof}`]),
    ];
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    return proof !== undefined;
  }

  #take(chunk: Buffer): void {
    const nowMs = monotonicMs();
    try {
      for (const item of this.#guard.checked(this.#reader.push(chunk), chunk.length, nowMs)) {
        if (!Buffer.isBuffer(item)) this.#hear(item);
        else if (item[1] === this.#channel) this.#options.onPacket(item.subarray(4), nowMs);
      }
    } catch (error) {
      this.#problem ??=
        error instanceof RelayError ? error : new RelayError('unreadable', 'the camera does not speak RTSP');
      this.#socket.destroy();
    }
  }

  #hear(message: RtspMessage): void {
    if (!/^RTSP\/1\.\d \d{3}/.test(message.start)) {
      if (this.#socket.writableLength > mostUnreadBytes)
        throw new RelayError('unreadable', 'the camera asks without end');
      this.#socket.write(`RTSP/1.0 501 Not Implemented\r\nCSeq: ${headerOf(message, 'cseq') ?? '0'}\r\n\r\n`);
      return;
    }
    const status = statusOf(message);
    if (status < 200) return;
    // Nobody waits for answers to what keeps the session alive, but they may bring a new challenge.
    if (this.#waiting === undefined && status === 401)
      this.#authenticator.challenge(challengesOf(message), true);
    this.#waiting?.done(message);
    this.#waiting = undefined;
  }

  #release(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    this.#udp?.close();
    this.#udp = undefined;
  }
}

function statusOf({ start }: RtspMessage): number {
  return Number(/^RTSP\/1\.\d (\d{3})/.exec(start)?.[1] ?? 0);
}

function challengesOf({ headers }: RtspMessage): string[] {
  return headers.filter(([name]) => name === 'www-authenticate').map(([, value]) => value);
}
