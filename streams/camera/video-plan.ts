import type { VideoFacts } from '../camera-status.js';
import type { PrivacyArea } from '../ffmpeg/privacy-boxes.js';
import type { ProbedVideo } from '../ffmpeg/probe-output.js';
import type { Pacing, VideoTreatment } from '../ffmpeg/rtp-command.js';
import type { MediaSource } from '../ffmpeg/source-input.js';

const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'H.265',
  mpeg4: 'MPEG-4',
  mjpeg: 'Motion JPEG',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
};

/** A codec's name as people know it, from ffmpeg's. */
export function codecName(codec: string): string {
  return codecNames[codec] ?? codec;
}

/** Why a video cannot be passed on as it is, in plain words; `undefined` when it can. */
export function transcodeReason(video: ProbedVideo): string | undefined {
  if (video.codec !== 'h264') return `${codecName(video.codec)} is not passed on over WebRTC`;
  if (video.bFrames) return 'H.264 with B-frames does not play over WebRTC';
  if (video.pixelFormat !== 'yuv420p' && video.pixelFormat !== 'yuvj420p') {
    return `browsers do not play H.264 with pixel format ${video.pixelFormat}`;
  }
  if (video.container === 'h264') return 'a bare H.264 file has no timestamps';
  return undefined;
}

/** What the viewers will get of a video. */
export function videoFacts(video: ProbedVideo, privacy: readonly PrivacyArea[] = []): VideoFacts {
  const masked = privacy.length > 0;
  const because = transcodeReason(video) ?? (masked ? 'privacy areas are blacked out' : undefined);
  return {
    width: video.width,
    height: video.height,
    fps: video.fps,
    cameraCodec: video.codec,
    codec: 'h264',
    ...(because === undefined ? {} : { transcodedBecause: because }),
    ...(masked ? { privacyAreas: privacy.length } : {}),
  };
}

/** What ffmpeg does to a video: with areas to black out it is always encoded anew. */
export function treatmentOf(video: ProbedVideo, privacy: readonly PrivacyArea[] = []): VideoTreatment {
  return transcodeReason(video) === undefined && privacy.length === 0
    ? { how: 'copy' }
    : { how: 'transcode', fps: video.fps, privacy };
}

/** How fast ffmpeg reads a source: files in real time, live sources as they come. */
export function pacingOf(source: MediaSource, video: ProbedVideo, loop: boolean): Pacing {
  if (source.kind === 'rtsp') return { by: 'live', loop: false };
  if (source.kind === 'file' || video.durationS > 0) return { by: 'clock', loop };
  // Motion JPEG over HTTP carries no timestamps: ffmpeg would invent 25 frames a second.
  if (/^mpjpeg|^mjpeg/.test(video.container)) return { by: 'arrival', loop: false };
  return { by: 'live', loop: false };
}
