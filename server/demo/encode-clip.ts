import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { quietOptions } from '../../streams/ffmpeg/ffmpeg-command.js';
import { FfmpegProcess } from '../../streams/ffmpeg/ffmpeg-process.js';

/** What an encoded clip looks like. */
export interface ClipFormat {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Output options for ffmpeg, codec and all, for example from `h264Options`. */
  readonly outputOptions: readonly string[];
}

/** Frames that may wait in front of ffmpeg, in bytes. */
const backlogLimit = 16 << 20;

/** Output options for H.264 as browsers take it over WebRTC: constrained baseline, no B-frames, one GOP a second. */
export function h264Options(fps: number, crf = 24): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p'],
    ...['-bf', '0', '-g', String(fps), '-keyint_min', String(fps), '-sc_threshold', '0', '-crf', String(crf)],
    ...['-movflags', '+faststart'],
  ];
}

/**
 * Encodes rgb24 frames into a file; the file appears whole or not at all.
 *
 * @param frames buffers of `width * height * 3` bytes, in order
 * @param output the file; its ending chooses the container
 * @throws Error with ffmpeg's last words when ffmpeg is missing or fails
 */
export async function encodeClip(
  frames: Iterable<Buffer>,
  format: ClipFormat,
  output: string,
): Promise<void> {
  await mkdir(dirname(output), { recursive: true });
  const partial = `${output}.${process.pid}.part${extname(output)}`;
  const size = `${format.width}x${format.height}`;
  const ffmpeg = new FfmpegProcess({
    inputOptions: [
      ...quietOptions('error'),
      ...['-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', size, '-r', String(format.fps)],
    ],
    input: 'pipe:0',
    outputOptions: format.outputOptions,
    output: partial,
  });
  const gone = new AbortController();
  const exited = ffmpeg.exited.finally(() => {
    gone.abort();
  });
  try {
    for (const frame of frames) {
      ffmpeg.write(frame);
      // The loop below gives ffmpeg its turn; the frames come faster than they are encoded.
      do await Promise.race([exited, pause(1)]);
      while (!gone.signal.aborted && ffmpeg.backlogBytes > backlogLimit);
      if (gone.signal.aborted) break;
    }
    ffmpeg.endInput();
    const exit = await exited;
    if (exit.how !== 'ended') throw new Error(`ffmpeg failed: ${exit.tail.join('\n')}`);
    await rename(partial, output);
  } finally {
    await ffmpeg.stop();
    await rm(partial, { force: true });
  }
}
