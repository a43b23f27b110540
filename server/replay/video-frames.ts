import { extname } from 'node:path';
import type { RgbImage } from '../../models/image.js';
import { quietOptions } from '../../streams/ffmpeg/ffmpeg-command.js';
import { FfmpegProcess } from '../../streams/ffmpeg/ffmpeg-process.js';
import { probe } from '../../streams/ffmpeg/ffprobe.js';
import { plainReason } from '../../streams/ffmpeg/plain-reason.js';
import { sourceInput } from '../../streams/ffmpeg/source-input.js';

/** A video that cannot be read, or not to its end. */
export class VideoError extends Error {
  override readonly name = 'VideoError';
  /** One of the failure codes of `streams/ffmpeg`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const extensions = new Set([
  '.mp4',
  '.m4v',
  '.mov',
  '.mkv',
  '.webm',
  '.avi',
  '.ts',
  '.mts',
  '.mpg',
  '.mpeg',
  '.flv',
  '.wmv',
  '.ogv',
]);

const probeTimeoutMs = 30_000;
/** Of a video that does not tell its own. */
const usualFps = 25;

/** Tells by its name whether a file is to be read as a video. */
export function isVideo(path: string): boolean {
  return extensions.has(extname(path).toLowerCase());
}

/** How a video is decoded. */
export interface VideoFrameOptions {
  /** Frames a second that are wanted; never more than the video has. All of them where absent. */
  readonly fps?: number;
  /** Long side of the frames in pixels, at most; the video's own size where absent. */
  readonly maxSide?: number;
}

/** One decoded frame of a video. */
export interface VideoFrame extends RgbImage {
  /** Milliseconds from the video's start, by its frame rate. */
  readonly atMs: number;
  /** Size of the video's own picture in pixels. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
}

/**
 * Decodes a video, frame by frame; ffmpeg waits while a frame is being used, so one frame is in memory at a time.
 *
 * @throws VideoError
 */
export async function* videoFrames(path: string, wanted: VideoFrameOptions = {}): AsyncGenerator<VideoFrame> {
  const source = { kind: 'file', path } as const;
  const report = await probe(source, { timeoutMs: probeTimeoutMs });
  if (!report.ok) throw new VideoError(report.code, report.reason);
  const { width: sourceWidth, height: sourceHeight } = report.video;
  const { width, height } = within(sourceWidth, sourceHeight, wanted.maxSide ?? Infinity);
  const ownFps = report.video.fps > 0 ? report.video.fps : usualFps;
  const fps = Math.min(wanted.fps ?? Infinity, ownFps);
  const thinned = fps < ownFps ? `fps=${fps},` : '';
  const { options, input } = sourceInput(source);
  const chunks = new Handover();
  const decoder = new FfmpegProcess(
    {
      inputOptions: [...quietOptions('error'), ...options],
      input,
      outputOptions: [
        '-an',
        '-vf',
        `${thinned}scale=${width}:${height}:flags=fast_bilinear,format=rgb24`,
        '-fps_mode',
        'passthrough',
        '-f',
        'rawvideo',
      ],
      output: 'pipe:1',
    },
    { takeOutput: (chunk) => chunks.give(chunk) },
  );
  void decoder.exited.then(() => chunks.end());
  try {
    let data = new Uint8Array(width * height * 3);
    let filled = 0;
    let count = 0;
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + data.length - filled);
        data.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < data.length) continue;
        yield { width, height, data, atMs: (count++ * 1000) / fps, sourceWidth, sourceHeight };
        data = new Uint8Array(data.length);
        filled = 0;
      }
    }
    const { how, tail } = await decoder.exited;
    if (how === 'failed') {
      const { code, reason } = plainReason(tail);
      throw new VideoError(code, reason);
    }
  } finally {
    chunks.end();
    await decoder.stop();
  }
}

/** The size that fits, both sides even. */
function within(width: number, height: number, maxSide: number): { width: number; height: number } {
  const scale = maxSide / Math.max(width, height);
  if (scale >= 1) return { width, height };
  return {
    width: Math.max(2, 2 * Math.round((width * scale) / 2)),
    height: Math.max(2, 2 * Math.round((height * scale) / 2)),
  };
}

/** Hands chunks from one that gives to one that takes; who gives waits until the chunk before is used up. */
class Handover implements AsyncIterable<Buffer> {
  #chunk: Buffer | undefined;
  #ended = false;
  #taken: () => void = () => undefined;
  #given: () => void = () => undefined;

  give(chunk: Buffer): Promise<void> {
    if (this.#ended) return Promise.resolve();
    this.#chunk = chunk;
    this.#given();
    return new Promise((resolve) => (this.#taken = resolve));
  }

  end(): void {
    this.#ended = true;
    this.#given();
    this.#taken();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = this.#chunk;
      if (chunk !== undefined) {
        yield chunk;
        this.#chunk = undefined;
        this.#taken();
      } else if (this.#ended) {
        return;
      } else {
        await new Promise<void>((resolve) => (this.#given = resolve));
      }
    }
  }
}
