import type { FfmpegCommand } from './ffmpeg-command.js';
import { quietOptions } from './ffmpeg-command.js';
import { type PrivacyArea, privacyFilters } from './privacy-boxes.js';
import type { MediaSource } from './source-input.js';
import { loopedInput, sourceInput } from './source-input.js';

/** How a source is read. */
export interface Pacing {
  /**
   * `live`: as it comes. `clock`: in real time by its timestamps, for files. `arrival`: as it comes, with the time of
   * arrival as timestamp, for motion JPEG over HTTP, which has none.
   */
  readonly by: 'live' | 'clock' | 'arrival';
  /** Starts again at the end; for files. */
  readonly loop: boolean;
}

/** What is done to the video. */
export type VideoTreatment =
  | { readonly how: 'copy' }
  | {
      readonly how: 'transcode';
      /** Frames a second of the source, for the distance of keyframes; 0 where unknown. */
      readonly fps: number;
      /** Blacked out before the picture is encoded. */
      readonly privacy: readonly PrivacyArea[];
    };

/** Where the RTP packets go, on the loopback interface. */
export interface RtpTarget {
  readonly rtpPort: number;
  readonly rtcpPort: number;
}

/** Long side of a transcoded picture at most, in pixels: encoding more than that costs a core for each camera. */
const longestSide = 1920;
/** Seconds between keyframes of a transcoded stream: what a new viewer waits at most without a cache. */
const keyframeSeconds = 1;
const unknownFps = 25;

/** The command that brings a source to H.264 in RTP on a loopback port. */
export function rtpCommand(
  source: MediaSource,
  pacing: Pacing,
  treatment: VideoTreatment,
  target: RtpTarget,
): FfmpegCommand {
  const { options, input, stdin } = pacing.loop ? loopedInput(source) : sourceInput(source);
  return {
    inputOptions: [
      ...quietOptions('warning'),
      ...(pacing.by === 'clock' ? ['-re'] : []),
      ...(pacing.by === 'arrival' ? ['-use_wallclock_as_timestamps', '1'] : []),
      ...(source.kind === 'rtsp' ? rtspOptions : []),
      '-threads',
      treatment.how === 'copy' ? '1' : '2',
      ...options,
    ],
    input,
    ...(stdin === undefined ? {} : { stdin }),
    outputOptions: [
      '-map',
      '0:v:0',
      '-an',
      '-sn',
      '-dn',
      ...(treatment.how === 'copy' ? copyOptions : transcodeOptions(treatment.fps, treatment.privacy)),
      '-payload_type',
      '96',
      '-f',
      'rtp',
    ],
    output: `rtp://127.0.0.1:${target.rtpPort}?rtcpport=${target.rtcpPort}&pkt_size=1200`,
  };
}

/**
 * A camera's first picture comes without timestamp. `-copyts` keeps ffmpeg from moving the second one to zero, where the
 * first would be put as well.
 */
const rtspOptions = ['-analyzeduration', '500000', '-fpsprobesize', '0', '-copyts'];

/**
 * Browsers need the parameter sets before every keyframe. The first filter turns the length-prefixed units of MP4 into
 * start codes (and leaves a byte stream alone), the second repeats the parameter sets where they are missing.
 */
const copyOptions = ['-c:v', 'copy', '-bsf:v', 'h264_mp4toannexb,dump_extra=freq=keyframe'];

/**
 * What encodes a video anew as browsers play it, without delay.
 *
 * @param fps of the source, for the distance of keyframes; 0 where unknown
 * @param privacy areas that are blacked out before
 */
export function transcodeOptions(fps: number, privacy: readonly PrivacyArea[]): string[] {
  const gop = Math.max(1, Math.round((fps > 0 ? Math.min(fps, 60) : unknownFps) * keyframeSeconds));
  return [
    '-filter_threads',
    '1',
    '-vf',
    [
      `scale='min(iw,${longestSide})':'min(ih,${longestSide})':force_original_aspect_ratio=decrease` +
        ':force_divisible_by=2:flags=fast_bilinear',
      'format=yuv420p',
      ...privacyFilters(privacy),
    ].join(','),
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-profile:v',
    'baseline',
    '-bf',
    '0',
    '-g',
    String(gop),
    '-sc_threshold',
    '0',
    '-crf',
    '23',
    '-maxrate',
    '4M',
    '-bufsize',
    '2M',
    // One picture is one slice and leaves at once: more threads would mean slices or a frame of delay.
    '-threads',
    '1',
  ];
}
