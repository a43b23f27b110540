import type { FfmpegCommand } from './ffmpeg-command.js';
import { quietOptions } from './ffmpeg-command.js';

/**
 * The command that decodes IVF from standard input to rgb24 on standard output, with one `showinfo` line on standard
 * error for each frame.
 *
 * The timestamps of the IVF frames carry our own marks (`decode-marks.ts`): only odd ones come out. So the frame rate is
 * decided before the decoder and may change at any time, and each frame names the unit it came from.
 * `-copyts` keeps them as they are: without it ffmpeg moves VP8 so that the first one is 0, and an odd one becomes even.
 *
 * @param width of the frames that come out, in pixels, even
 * @param height likewise
 */
export function decodeCommand(width: number, height: number): FfmpegCommand {
  return {
    inputOptions: [
      ...quietOptions('info'),
      '-protocol_whitelist',
      'pipe',
      '-threads',
      '1',
      '-flags',
      '+low_delay',
      '-copyts',
      // No `-fflags nobuffer` here: it throws away the probed packet, which is the first keyframe.
      '-analyzeduration',
      '0',
      '-probesize',
      '32',
      '-f',
      'ivf',
    ],
    input: 'pipe:0',
    outputOptions: [
      '-an',
      '-vf',
      // Frames are dropped before they are scaled.
      `select='mod(pts\\,2)',scale=${width}:${height}:flags=fast_bilinear,format=rgb24,showinfo=checksum=0`,
      '-fps_mode',
      'passthrough',
      // The encoder of raw video is threaded too: with two threads every frame would come out one frame late.
      '-threads',
      '1',
      '-filter_threads',
      '1',
      '-f',
      'rawvideo',
    ],
    output: 'pipe:1',
  };
}
