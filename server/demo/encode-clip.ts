import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, extname } from 'node:path';

/** What an encoded clip looks like. */
export interface ClipFormat {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Output arguments for ffmpeg, codec and all, for example from `h264Arguments`. */
  readonly arguments: readonly string[];
}

/** Output arguments for H.264 as browsers take it over WebRTC: constrained baseline, no B-frames, one GOP a second. */
export function h264Arguments(fps: number, crf = 24): string[] {
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
  frames: Iterable<Buffer> | AsyncIterable<Buffer>,
  format: ClipFormat,
  output: string,
): Promise<void> {
  await mkdir(dirname(output), { recursive: true });
  const partial = `${output}.${process.pid}.part${extname(output)}`;
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-y'],
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${format.width}x${format.height}`],
      ...['-r', String(format.fps), '-i', 'pipe:0', ...format.arguments, partial],
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let lastWords = '';
  ffmpeg.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (lastWords = (lastWords + text).slice(-2000)));
  const ended = new Promise<number | null>((resolve, reject) => {
    ffmpeg.once('error', reject).once('close', resolve);
  });
  // A dying ffmpeg closes its end of the pipe; its exit code and last words say why.
  const brokenPipe = new AbortController();
  ffmpeg.stdin.on('error', () => {
    brokenPipe.abort();
  });
  try {
    for await (const frame of frames) {
      if (brokenPipe.signal.aborted) break;
      if (!ffmpeg.stdin.write(frame)) {
        await Promise.race([
          once(ffmpeg.stdin, 'drain', { signal: brokenPipe.signal }).catch(() => undefined),
          ended,
        ]);
      }
    }
    ffmpeg.stdin.end();
    const code = await ended;
    if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}: ${lastWords.trim()}`);
    await rename(partial, output);
  } finally {
    ffmpeg.kill('SIGKILL');
    await rm(partial, { force: true });
  }
}
