import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { monotonicMs } from '../clock.js';
import { ReorderBuffer } from '../rtp/reorder-buffer.js';
import { Unwrapper } from '../rtp/unwrap.js';

const receiveBufferBytes = 4 * 1024 * 1024;
const triesForPair = 20;
/** An empty RTP packet and an empty receiver report: they open the way back through a router. */
const rtpPunch = Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const rtcpPunch = Buffer.from([0x80, 0xc9, 0, 1, 0, 0, 0, 0]);

/** Two UDP ports for one track of a camera: what comes is handed on in order, framed as for RTSP over TCP. */
export class UdpChannels {
  /** The even port, for RTP; RTCP has the next one. */
  readonly port: number;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #camera: string;
  #rtcpPort: number | undefined;

  private constructor(
    rtp: Socket,
    rtcp: Socket,
    camera: string,
    channel: number,
    onFrame: (frame: Buffer) => void,
  ) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.#camera = camera;
    this.port = rtp.address().port;
    const order = new ReorderBuffer<Buffer>();
    const sequence = new Unwrapper(16);
    rtp.on('message', (packet, { address }) => {
      if (!sameHost(address, camera) || packet.length < 12) return;
      const ready = order.insert(sequence.unwrap(packet.readUInt16BE(2)), packet, monotonicMs());
      if (ready !== 'late') for (const { item } of ready) onFrame(framed(channel, item));
    });
    rtcp.on('message', (packet, { address }) => {
      if (sameHost(address, camera)) onFrame(framed(channel + 1, packet));
    });
  }

  /**
   * @param camera its IP address; packets of others are dropped
   * @param channel number of the interleaved channel for RTP
   */
  static async open(camera: string, channel: number, onFrame: (frame: Buffer) => void): Promise<UdpChannels> {
    for (let left = triesForPair; ; left -= 1) {
      const rtp = await bind(camera, 0);
      const { port } = rtp.address();
      const rtcp = port % 2 === 0 ? await bind(camera, port + 1).catch(() => undefined) : undefined;
      if (rtcp !== undefined) return new UdpChannels(rtp, rtcp, camera, channel, onFrame);
      rtp.close();
      if (left === 0) throw new Error('no pair of UDP ports is free');
    }
  }

  /** Tells where the camera sends from, as its answer to SETUP says. */
  begin(rtpPort: number, rtcpPort: number): void {
    this.#rtcpPort = rtcpPort;
    this.#rtp.send(rtpPunch, rtpPort, this.#camera);
    this.#rtcp.send(rtcpPunch, rtcpPort, this.#camera);
  }

  /** Sends a report of ffmpeg's to the camera. */
  report(packet: Buffer): void {
    if (this.#rtcpPort !== undefined) this.#rtcp.send(packet, this.#rtcpPort, this.#camera);
  }

  close(): void {
    this.#rtp.close();
    this.#rtcp.close();
  }
}

async function bind(camera: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: isIPv6(camera) ? 'udp6' : 'udp4', recvBufferSize: receiveBufferBytes });
  socket.bind(port);
  await once(socket, 'listening');
  // ICMP errors of what was sent mean nothing to a receiver.
  socket.on('error', () => undefined);
  return socket;
}

function sameHost(a: string, b: string): boolean {
  return a.replace(/^::ffff:/, '') === b.replace(/^::ffff:/, '');
}

function framed(channel: number, packet: Buffer): Buffer {
  const header = Buffer.from([0x24, channel, 0, 0]);
  header.writeUInt16BE(packet.length, 2);
  return Buffer.concat([header, packet]);
}
