import type { AccessUnit, VideoCodec } from '../access-unit.js';
import { decodeCommand } from '../ffmpeg/decode-command.js';
import { FfmpegProcess } from '../ffmpeg/ffmpeg-process.js';
import { ivfFrame, ivfHeader } from '../rtp/ivf.js';
import { indexOfMark, markOf, parseShowinfo } from './decode-marks.js';
import { FrameAssembler } from './frame-assembler.js';
import type { FrameMemory } from './frame-memory.js';
import type { PictureSize } from './frame-size.js';

/** A unit inside ffmpeg of which a frame is wanted. */
export interface WaitingUnit {
  readonly index: number;
  readonly unit: AccessUnit;
  /** When it was written, in milliseconds of `monotonicMs()`. */
  readonly writtenAtMs: number;
}

/** What a session reports to the decoder that owns it. */
export interface DecodeSessionHandlers {
  onFrame(waiting: WaitingUnit, size: PictureSize, data: Buffer): void;
  /** A later unit gave its frame, so no frame will come of these. */
  onSkipped(count: number): void;
  /** ffmpeg is gone; `lost` units were inside, `tail` is what it said last. */
  onExit(lost: number, tail: readonly string[]): void;
}

const killAfterMs = 1000;

/** One run of a decoding ffmpeg, for pictures of one target size. */
export class DecodeSession {
  /** Size of the frames that come out. */
  readonly target: PictureSize;
  /** True after the first frame. */
  productive = false;
  /** Resolves, after `onExit`, when ffmpeg is gone. */
  readonly exited: Promise<void>;
  readonly #process: FfmpegProcess;
  readonly #handlers: DecodeSessionHandlers;
  readonly #waiting = new Map<number, WaitingUnit>();
  #finishTimer: NodeJS.Timeout | undefined;

  /**
   * @param source size of the first picture in pixels
   * @param target size of the frames to hand out, even
   * @param memory what the frames are put into
   * @param after ffmpeg starts when this has resolved, so that frames of an earlier session come first
   */
  constructor(
    codec: VideoCodec,
    source: PictureSize,
    target: PictureSize,
    handlers: DecodeSessionHandlers,
    memory: FrameMemory,
    after: Promise<void>,
  ) {
    this.target = target;
    this.#handlers = handlers;
    const assembler = new FrameAssembler(memory, (shown, data) => {
      this.#deliver(indexOfMark(shown.mark), shown, data);
    });
    this.#process = new FfmpegProcess(decodeCommand(target.width, target.height), {
      killAfterMs,
      after,
      onLine: (line) => {
        const shown = parseShowinfo(line);
        if (shown !== undefined) assembler.pushShown(shown);
        return shown !== undefined || line.startsWith('[Parsed_showinfo');
      },
      onOutput: (chunk) => {
        assembler.pushPixels(chunk);
      },
    });
    this.#process.write(ivfHeader(codec, source));
    this.exited = this.#process.exited.then(({ tail }) => {
      clearTimeout(this.#finishTimer);
      handlers.onExit(this.forget(), tail);
    });
  }

  /** Units inside of which a frame may still come. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Bytes that ffmpeg has not taken yet. */
  get backlogBytes(): number {
    return this.#process.backlogBytes;
  }

  /** Since when the oldest unit waits, in milliseconds of `monotonicMs()`; `undefined` when none does. */
  get oldestWrittenAtMs(): number | undefined {
    for (const { writtenAtMs } of this.#waiting.values()) return writtenAtMs;
    return undefined;
  }

  /** @param wanted whether a frame shall come of it */
  write(waiting: WaitingUnit, wanted: boolean): void {
    if (wanted) this.#waiting.set(waiting.index, waiting);
    this.#process.write(
      ivfFrame({ data: waiting.unit.data, extendedTimestamp: markOf(waiting.index, wanted) }),
    );
  }

  /** Stops waiting for what is inside; frames that still come are thrown away. Returns how many units that were. */
  forget(): number {
    const count = this.#waiting.size;
    this.#waiting.clear();
    return count;
  }

  /** Lets ffmpeg hand out what it has, then ends it. */
  finish(): void {
    this.#process.endInput();
    this.#finishTimer ??= setTimeout(() => void this.stop(), killAfterMs);
  }

  /** Ends ffmpeg now. Idempotent; resolves when it is gone. */
  stop(): Promise<void> {
    return this.#process.stop();
  }

  #deliver(index: number, size: PictureSize, data: Buffer): void {
    this.productive = true;
    let skipped = 0;
    for (const earlier of this.#waiting.keys()) {
      if (earlier >= index) break;
      this.#waiting.delete(earlier);
      skipped += 1;
    }
    if (skipped > 0) this.#handlers.onSkipped(skipped);
    const waiting = this.#waiting.get(index);
    if (waiting === undefined) return;
    this.#waiting.delete(index);
    this.#handlers.onFrame(waiting, { width: size.width, height: size.height }, data);
  }
}
