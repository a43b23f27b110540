/** What a source's video is like. */
export interface ProbedVideo {
  /** ffmpeg's name of the codec: h264, hevc, mjpeg … */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Frames a second as announced; 0 where unknown. */
  readonly fps: number;
  /** ffmpeg's name of the pixel format, such as yuv420p. */
  readonly pixelFormat: string;
  /** True when pictures come in another order than they are shown. */
  readonly bFrames: boolean;
  /** ffmpeg's name of the container or protocol, such as `mov,mp4,m4a,3gp,3g2,mj2` or `rtsp`. */
  readonly container: string;
  /** Length in seconds; 0 for a live source. */
  readonly durationS: number;
}

const mostFps = 240;

/**
 * Reads ffprobe's JSON of the first video stream.
 *
 * @returns `no-video` or `unsupported-codec` where it cannot be shown
 * @throws SyntaxError for what is no JSON
 */
export function parseProbe(json: string): ProbedVideo | 'no-video' | 'unsupported-codec' {
  const report = JSON.parse(json) as unknown;
  const stream = field(field(report, 'streams'), 0);
  if (stream === undefined || field(field(stream, 'disposition'), 'attached_pic') === 1) return 'no-video';
  const codec = text(field(stream, 'codec_name'));
  const width = count(field(stream, 'width'));
  const height = count(field(stream, 'height'));
  if (codec === '' || codec === 'none' || codec === 'unknown' || width === 0 || height === 0) {
    return 'unsupported-codec';
  }
  const format = field(report, 'format');
  return {
    codec,
    width,
    height,
    fps: rate(field(stream, 'avg_frame_rate')) || rate(field(stream, 'r_frame_rate')),
    pixelFormat: text(field(stream, 'pix_fmt')),
    bFrames: count(field(stream, 'has_b_frames')) > 0,
    container: text(field(format, 'format_name')),
    durationS: count(Number(field(format, 'duration'))),
  };
}

/** True when any of the pictures that ffprobe lists (`frame=pict_type`) is a B-frame. */
export function listsBFrame(json: string): boolean {
  const frames = field(JSON.parse(json) as unknown, 'frames');
  return Array.isArray(frames) && frames.some((frame) => field(frame, 'pict_type') === 'B');
}

function field(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}

/** A rate such as `30000/1001`; 0 for `0/0` and for the tick rates that some cameras announce instead. */
function rate(value: unknown): number {
  const [numerator, denominator] = text(value).split('/').map(Number);
  const fps = count((numerator ?? 0) / (denominator ?? 1));
  return fps > mostFps ? 0 : Math.round(fps * 100) / 100;
}
