import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { monotonicMs } from '../clock.js';
import type { RtpTarget } from './rtp-command.js';

/** A keyframe arrives as one burst; the kernel gives as much of this as `net.core.rmem_max` allows. */
const receiveBufferBytes = 4 * 1024 * 1024;

/**
 * Two UDP sockets on the loopback interface that take what one ffmpeg sends: RTP for us, RTCP to be thrown away (were
 * nobody there, ffmpeg would see errors). The sockets are bound before ffmpeg starts, so no port can be lost to another.
 */
export class RtpReceiver {
  readonly target: RtpTarget;
  readonly #sockets: readonly Socket[];
  #closing: Promise<void> | undefined;

  private constructor(rtp: Socket, rtcp: Socket) {
    this.#sockets = [rtp, rtcp];
    this.target = { rtpPort: rtp.address().port, rtcpPort: rtcp.address().port };
  }

  /** @param onPacket gets each packet and its arrival in milliseconds of `monotonicMs()` */
  static async open(onPacket: (packet: Buffer, arrivalMs: number) => void): Promise<RtpReceiver> {
    const rtcp = await bind();
    const rtp = await bind();
    // Another program on this machine may send to the port too: the first sender stays the only one.
    let sender: number | undefined;
    rtp.on('message', (packet, { port }) => {
      sender ??= port;
      if (port === sender) onPacket(packet, monotonicMs());
    });
    return new RtpReceiver(rtp, rtcp);
  }

  /** Frees the ports. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= Promise.all(
      this.#sockets.map(async (socket) => {
        const closed = once(socket, 'close');
        socket.close();
        await closed;
      }),
    ).then(() => undefined);
    return this.#closing;
  }
}

async function bind(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: receiveBufferBytes });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  // Only told about after this: ICMP errors of loopback packets, which mean nothing to a receiver.
  socket.on('error', () => undefined);
  return socket;
}
