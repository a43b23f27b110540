import type { FfmpegCommand } from './ffmpeg-command.js';
import { quietOptions } from './ffmpeg-command.js';
import type { PrivacyArea } from './privacy-boxes.js';
import { type RtpTarget, transcodeOptions } from './rtp-command.js';

/**
 * The command that blacks areas out of a browser's video: IVF on standard input, H.264 in RTP on a loopback port, each picture with
 * the timestamp it came with.
 */
export function privacyCommand(areas: readonly PrivacyArea[], target: RtpTarget): FfmpegCommand {
  return {
    inputOptions: [
      ...quietOptions('warning'),
      '-protocol_whitelist',
      'pipe',
      '-threads',
      '1',
      '-flags',
      '+low_delay',
      '-copyts',
      // As in `decodeCommand`: the first keyframe must not be thrown away.
      '-analyzeduration',
      '0',
      '-probesize',
      '32',
      '-f',
      'ivf',
    ],
    input: 'pipe:0',
    outputOptions: [
      '-map',
      '0:v:0',
      '-an',
      // A browser's pictures come as they come: none is doubled or moved to fit a rate.
      '-fps_mode',
      'passthrough',
      '-enc_time_base',
      '1:90000',
      ...transcodeOptions(0, areas),
      '-payload_type',
      '96',
      '-f',
      'rtp',
    ],
    output: `rtp://127.0.0.1:${target.rtpPort}?rtcpport=${target.rtcpPort}&pkt_size=1200`,
  };
}
