import type { AccessUnit, VideoCodec } from '../access-unit.js';
import type { PrivacyArea } from '../ffmpeg/privacy-boxes.js';
import { RtpHub, type RtpIngest } from '../rtp/rtp-hub.js';
import { PrivacyRun } from './privacy-run.js';

/** What an encoder is made of. */
export interface PrivacyEncoderOptions {
  /** Where the video goes once the areas are black. */
  readonly hub: RtpHub;
  /** What the browser sends. */
  readonly codec: VideoCodec;
  readonly areas: readonly PrivacyArea[];
  /** Asks the browser for a keyframe. */
  readonly requestKeyframe: () => void;
  readonly killAfterMs: number;
  /** Milliseconds that never run backwards. */
  readonly clock: () => number;
}

/** After a run that failed, the next one begins so much later at the earliest, in milliseconds. */
const restMs = 1000;

/**
 * The way of a browser's video into a hub where areas must be black: it is decoded and encoded anew, as the video of other cameras is
 * by their own ffmpeg. Nothing goes past: while there is no run, there is no picture.
 */
export class PrivacyEncoder implements RtpIngest {
  /** Puts the pictures together, for this browser alone. */
  readonly #raw: RtpHub;
  readonly #ingest: RtpIngest;
  readonly #options: PrivacyEncoderOptions;
  readonly #runs = new Set<PrivacyRun>();
  #run: { readonly run: PrivacyRun; readonly width: number; readonly height: number } | undefined;
  #skipping = false;
  #restUntil = Number.NEGATIVE_INFINITY;
  #ended = false;

  constructor(options: PrivacyEncoderOptions) {
    this.#options = options;
    this.#raw = new RtpHub(options.hub.cameraId, options.clock);
    this.#ingest = this.#raw.begin(options.codec, { requestKeyframe: options.requestKeyframe });
    this.#raw.onAccessUnit((unit) => this.#take(unit));
  }

  get ended(): boolean {
    return this.#ended;
  }

  push(packet: Buffer, arrivalMs: number): void {
    this.#ingest.push(packet, arrivalMs);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ingest.end();
    this.#raw.close();
    this.#run = undefined;
    for (const run of this.#runs) void run.stop();
  }

  /** Resolves when no ffmpeg of it is left; after `end`. */
  async gone(): Promise<void> {
    await Promise.all([...this.#runs].map(({ over }) => over));
  }

  #take(unit: AccessUnit): void {
    const { width, height, keyframe } = unit;
    const fits = this.#run?.width === width && this.#run.height === height;
    if (keyframe && !fits && this.#options.clock() >= this.#restUntil) this.#begin(unit);
    const { run } = this.#run ?? {};
    if (keyframe) this.#skipping = false;
    if (run === undefined || this.#skipping || !run.write(unit)) {
      this.#skipping = true;
      this.#raw.requestKeyframe();
    }
  }

  /** Pictures of another size need another encoder: viewers get its first keyframe right after the last picture before. */
  #begin({ width, height }: AccessUnit): void {
    const { hub, codec, areas, killAfterMs, clock } = this.#options;
    void this.#run?.run.stop();
    const run = new PrivacyRun({
      codec,
      size: { width, height },
      areas,
      ingest: hub.begin('h264'),
      killAfterMs,
    });
    this.#run = { run, width, height };
    this.#runs.add(run);
    void run.over.then(() => {
      this.#runs.delete(run);
      if (this.#run?.run !== run) return;
      this.#run = undefined;
      this.#restUntil = clock() + restMs;
    });
  }
}
