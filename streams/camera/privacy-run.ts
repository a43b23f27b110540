import type { AccessUnit, VideoCodec } from '../access-unit.js';
import { FfmpegProcess } from '../ffmpeg/ffmpeg-process.js';
import type { PrivacyArea } from '../ffmpeg/privacy-boxes.js';
import { privacyCommand } from '../ffmpeg/privacy-command.js';
import { RtpReceiver } from '../ffmpeg/rtp-receiver.js';
import { ivfFrame, ivfHeader } from '../rtp/ivf.js';
import type { RtpIngest } from '../rtp/rtp-hub.js';

/** What a run is made of. */
export interface PrivacyRunOptions {
  readonly codec: VideoCodec;
  /** Size of its pictures; another size needs another run. */
  readonly size: { readonly width: number; readonly height: number };
  readonly areas: readonly PrivacyArea[];
  /** Where the H.264 goes; ended with the run. */
  readonly ingest: RtpIngest;
  readonly killAfterMs: number;
}

/** Bytes that may wait for ffmpeg: some seconds of a browser's video. */
const longestBacklog = 2 * 1024 * 1024;

/** One ffmpeg that blacks areas out of pictures of one size. */
export class PrivacyRun {
  /** Resolves, never rejects, when the run is over and all it started is gone. */
  readonly over: Promise<void>;
  readonly #options: PrivacyRunOptions;
  #early: Buffer[] = [];
  #earlyBytes = 0;
  #process: FfmpegProcess | undefined;
  #stopped = false;

  constructor(options: PrivacyRunOptions) {
    this.#options = options;
    this.#early.push(ivfHeader(options.codec, options.size));
    this.over = this.#run().catch(() => undefined);
  }

  /** Hands a picture on. @returns false when too much waits already: then this one and all up to the next keyframe are left out */
  write(unit: AccessUnit): boolean {
    const waiting = this.#process?.backlogBytes ?? this.#earlyBytes;
    if (waiting > longestBacklog) return false;
    const frame = ivfFrame(unit);
    if (this.#process !== undefined) this.#process.write(frame);
    else {
      this.#early.push(frame);
      this.#earlyBytes += frame.length;
    }
    return true;
  }

  /** Ends ffmpeg. Idempotent; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#options.ingest.end();
    void this.#process?.stop();
    await this.over;
  }

  async #run(): Promise<void> {
    const { areas, ingest, killAfterMs } = this.#options;
    const receiver = await RtpReceiver.open((packet, arrivalMs) => ingest.push(packet, arrivalMs));
    try {
      if (this.#stopped) return;
      const process = new FfmpegProcess(privacyCommand(areas, receiver.target), { killAfterMs });
      for (const data of this.#early) process.write(data);
      this.#early = [];
      this.#process = process;
      await process.exited;
    } finally {
      ingest.end();
      await receiver.close();
    }
  }
}
