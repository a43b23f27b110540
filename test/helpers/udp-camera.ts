import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A test picture of 320x180, 25 a second, that a real ffmpeg sends as H.264 over RTP; its only keyframe is the first. */
export class UdpCamera {
  readonly #socket: Socket;
  readonly #ffmpeg: ChildProcess;

  private constructor(socket: Socket, ffmpeg: ChildProcess) {
    this.#socket = socket;
    this.#ffmpeg = ffmpeg;
  }

  static async start(onPacket: (packet: Buffer) => void): Promise<UdpCamera> {
    const socket = createSocket('udp4');
    socket.on('message', onPacket);
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const source = 'testsrc2=size=320x180:rate=25';
    const encoder =
      '-pix_fmt yuv420p -c:v libx264 -preset ultrafast -tune zerolatency -threads 1 -bf 0 -g 100000';
    const target = `rtp://127.0.0.1:${socket.address().port}?pkt_size=1200`;
    const ffmpeg = spawn(
      'ffmpeg',
      ['-v', 'error', '-re', '-f', 'lavfi', '-i', source, ...encoder.split(' '), '-f', 'rtp', target],
      { stdio: 'ignore' },
    );
    return new UdpCamera(socket, ffmpeg);
  }

  async close(): Promise<void> {
    const exited = once(this.#ffmpeg, 'exit');
    this.#ffmpeg.kill('SIGKILL');
    await exited;
    this.#socket.close();
  }
}
