import { quietOptions } from '../../streams/ffmpeg/ffmpeg-command.js';
import { FfmpegProcess } from '../../streams/ffmpeg/ffmpeg-process.js';
import { plainReason } from '../../streams/ffmpeg/plain-reason.js';
import { sourceInput } from '../../streams/ffmpeg/source-input.js';

/** Long side in pixels, at most. */
const mostSide = 1280;
const longestMs = 20_000;

/**
 * The first picture of a clip as JPEG, made by ffmpeg in a process of its own.
 *
 * @throws Error saying why, when there is none
 */
export async function clipPicture(path: string): Promise<Buffer> {
  const { options, input } = sourceInput({ kind: 'file', path });
  const chunks: Buffer[] = [];
  const ffmpeg = new FfmpegProcess(
    {
      inputOptions: [...quietOptions('error'), ...options],
      input,
      outputOptions: [
        '-an',
        '-frames:v',
        '1',
        '-vf',
        `scale=w='min(iw,${mostSide})':h='min(ih,${mostSide})':force_original_aspect_ratio=decrease`,
        '-q:v',
        '4',
        '-f',
        'mjpeg',
      ],
      output: 'pipe:1',
    },
    { onOutput: (chunk) => chunks.push(chunk) },
  );
  const timer = setTimeout(() => void ffmpeg.stop(), longestMs);
  const { how, tail } = await ffmpeg.exited;
  clearTimeout(timer);
  if (how === 'ended' && chunks.length > 0) return Buffer.concat(chunks);
  throw new Error(how === 'stopped' ? 'The clip takes too long to decode.' : plainReason(tail).reason);
}
