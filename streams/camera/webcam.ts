import type { CameraStatus } from '../camera-status.js';
import type { RtpHub, RtpIngest } from '../rtp/rtp-hub.js';
import type { Publisher } from './camera-registry.js';
import type { SupervisorTime } from './supervisor.js';

const waiting = 'waiting for a browser to send its webcam';

/** The source of a webcam camera: waits for browsers, takes the newest, tells when its video stalls. */
export class Webcam {
  readonly #hub: RtpHub;
  readonly #frameGapMs: number;
  readonly #time: SupervisorTime;
  readonly #onStatus: (status: CameraStatus) => void;
  readonly #endWatch: () => void;
  #status: CameraStatus = { state: 'stopped', reason: waiting, reconnects: 0 };
  #publisher: { readonly publisher: Publisher; readonly ingest: RtpIngest } | undefined;
  #attached = 0;
  #lastFrameMs = 0;
  #cancelTimer: () => void = () => undefined;
  #stopped = false;

  constructor(
    hub: RtpHub,
    frameGapMs: number,
    time: SupervisorTime,
    onStatus: (status: CameraStatus) => void,
  ) {
    this.#hub = hub;
    this.#frameGapMs = frameGapMs;
    this.#time = time;
    this.#onStatus = onStatus;
    this.#endWatch = hub.onAccessUnit(({ width, height }) => {
      this.#frame(width, height);
    });
  }

  get status(): CameraStatus {
    return this.#status;
  }

  /** Takes a browser's video from now on; the browser before is closed. */
  attach(publisher: Publisher): RtpIngest {
    this.#release();
    const ingest = this.#hub.begin(publisher.codec, {
      requestKeyframe: () => {
        publisher.requestKeyframe();
      },
    });
    const mine = { publisher, ingest };
    this.#publisher = mine;
    this.#attached += 1;
    this.#lastFrameMs = this.#time.now();
    this.#show('connecting', '');
    this.#watch();
    return {
      get ended() {
        return ingest.ended;
      },
      push: (packet, arrivalMs) => {
        ingest.push(packet, arrivalMs);
      },
      end: () => {
        ingest.end();
        if (this.#publisher === mine) this.#idle();
      },
    };
  }

  /** Closes the browser's session for good. Idempotent. */
  stop(reason: string): Promise<void> {
    if (!this.#stopped) {
      this.#stopped = true;
      this.#endWatch();
      this.#release();
      this.#show('stopped', reason);
    }
    return Promise.resolve();
  }

  #frame(width: number, height: number): void {
    if (this.#publisher === undefined) return;
    this.#lastFrameMs = this.#time.now();
    const { state, video } = this.#status;
    if (state === 'live' && video?.width === width && video.height === height) return;
    const { codec } = this.#publisher.publisher;
    this.#show('live', '', { width, height, fps: 0, cameraCodec: codec, codec });
  }

  #watch(): void {
    this.#cancelTimer();
    const waitMs = this.#lastFrameMs + this.#frameGapMs - this.#time.now();
    this.#cancelTimer = this.#time.after(Math.max(1, waitMs), () => {
      if (this.#time.now() - this.#lastFrameMs >= this.#frameGapMs && this.#status.state !== 'stalled') {
        this.#show('stalled', `no video for ${Math.round(this.#frameGapMs / 100) / 10} s`);
        this.#lastFrameMs = this.#time.now();
      }
      this.#watch();
    });
  }

  #idle(): void {
    this.#publisher = undefined;
    this.#cancelTimer();
    this.#show('stopped', waiting);
  }

  #release(): void {
    this.#cancelTimer();
    const held = this.#publisher;
    this.#publisher = undefined;
    held?.ingest.end();
    held?.publisher.close();
  }

  #show(state: CameraStatus['state'], reason: string, video = this.#status.video): void {
    this.#status = {
      state,
      reason,
      reconnects: Math.max(0, this.#attached - 1),
      ...(video === undefined ? {} : { video }),
    };
    this.#onStatus(this.#status);
  }
}
