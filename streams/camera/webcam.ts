import type { CameraStatus } from '../camera-status.js';
import type { PrivacyArea } from '../ffmpeg/privacy-boxes.js';
import type { RtpHub, RtpIngest } from '../rtp/rtp-hub.js';
import type { Publisher } from './camera-registry.js';
import { PrivacyEncoder } from './privacy-encoder.js';
import type { SupervisorTime } from './supervisor.js';

const waiting = 'waiting for a browser to send its webcam';

/** How a webcam is treated. */
export interface WebcamOptions {
  /** Without a picture for so long it counts as stalled, in milliseconds. */
  readonly frameGapMs: number;
  /** From SIGTERM to SIGKILL of an ffmpeg, in milliseconds. */
  readonly killAfterMs: number;
  /** Areas that are black for everybody; with any, the video is encoded anew. */
  readonly privacy: readonly PrivacyArea[];
}

/** The source of a webcam camera: waits for browsers, takes the newest, tells when its video stalls. */
export class Webcam {
  readonly #hub: RtpHub;
  readonly #options: WebcamOptions;
  readonly #encoders = new Set<PrivacyEncoder>();
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
    options: WebcamOptions,
    time: SupervisorTime,
    onStatus: (status: CameraStatus) => void,
  ) {
    this.#hub = hub;
    this.#options = options;
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
    const ingest = this.#begin(publisher);
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
  async stop(reason: string): Promise<void> {
    if (!this.#stopped) {
      this.#stopped = true;
      this.#endWatch();
      this.#release();
      this.#show('stopped', reason);
    }
    await Promise.all([...this.#encoders].map((encoder) => encoder.gone()));
  }

  #begin(publisher: Publisher): RtpIngest {
    const { codec } = publisher;
    const { privacy: areas, killAfterMs } = this.#options;
    const requestKeyframe = (): void => publisher.requestKeyframe();
    if (areas.length === 0) return this.#hub.begin(codec, { requestKeyframe });
    const clock = this.#time.now;
    const encoder = new PrivacyEncoder({ hub: this.#hub, codec, areas, requestKeyframe, killAfterMs, clock });
    for (const before of this.#encoders) void before.gone().then(() => this.#encoders.delete(before));
    this.#encoders.add(encoder);
    return encoder;
  }

  #frame(width: number, height: number): void {
    if (this.#publisher === undefined) return;
    this.#lastFrameMs = this.#time.now();
    const { state, video } = this.#status;
    if (state === 'live' && video?.width === width && video.height === height) return;
    const { codec } = this.#publisher.publisher;
    const { length } = this.#options.privacy;
    this.#show('live', '', {
      ...{ width, height, fps: 0, cameraCodec: codec },
      ...(length === 0
        ? { codec }
        : { codec: 'h264', transcodedBecause: 'privacy areas are blacked out', privacyAreas: length }),
    });
  }

  #watch(): void {
    this.#cancelTimer();
    const { frameGapMs } = this.#options;
    const waitMs = this.#lastFrameMs + frameGapMs - this.#time.now();
    this.#cancelTimer = this.#time.after(Math.max(1, waitMs), () => {
      if (this.#time.now() - this.#lastFrameMs >= frameGapMs && this.#status.state !== 'stalled') {
        this.#show('stalled', `no video for ${Math.round(frameGapMs / 100) / 10} s`);
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
