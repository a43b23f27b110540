import { io } from 'socket.io-client';
import type { FrameEvent } from '../../server/realtime/events.js';
import { monotonicMs } from '../../streams/clock.js';
import { type ClientSocket, subscribe } from '../../test/helpers/server-process.js';

/** A frame event as it reached a client. */
export interface SeenFrame {
  readonly cameraId: string;
  readonly rtpTimestamp: number;
  /** Milliseconds of the machine's monotonic clock. */
  readonly atMs: number;
  /** From the arrival of the frame's first packet to the sending of the event, as the server says. */
  readonly latencyMs: number;
  readonly faces: number;
}

/** A client that sees the frames of all cameras. */
export class FrameWatch {
  readonly #socket: ClientSocket;
  #seen: SeenFrame[] = [];

  private constructor(socket: ClientSocket) {
    this.#socket = socket;
    socket.on('frame', (frame: FrameEvent, taken) => {
      const { cameraId, rtpTimestamp, latencyMs, faces } = frame;
      this.#seen.push({ cameraId, rtpTimestamp, atMs: monotonicMs(), latencyMs, faces: faces.length });
      taken();
    });
  }

  /** @throws when the server refuses it */
  static async open(url: string): Promise<FrameWatch> {
    const socket: ClientSocket = io(url, { transports: ['websocket'], reconnection: false });
    const watch = new FrameWatch(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    await subscribe(socket, { cameras: '*', kinds: ['frame'] });
    return watch;
  }

  /** What came since the last call. */
  take(): SeenFrame[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  /** Cameras of which a frame was seen since the last `take`. */
  get cameras(): ReadonlySet<string> {
    return new Set(this.#seen.map(({ cameraId }) => cameraId));
  }

  close(): void {
    this.#socket.disconnect();
  }
}
