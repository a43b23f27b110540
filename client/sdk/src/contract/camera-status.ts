// Made from streams/camera-status.ts by "npm run interfaces"; change it there.

import type { VideoCodec } from './access-unit.js';

/** Where a camera is in its life. */
export type CameraState = 'connecting' | 'live' | 'stalled' | 'retrying' | 'failed' | 'stopped';

/** How a camera's video reaches the viewers. */
export interface VideoFacts {
  readonly width: number;
  readonly height: number;
  /** Frames a second as the stream announces them; 0 where unknown. */
  readonly fps: number;
  /** The codec the camera sends, in ffmpeg's name: h264, hevc, mpeg4, mjpeg, vp8 … */
  readonly cameraCodec: string;
  /** The codec that viewers get. */
  readonly codec: VideoCodec;
  /** Why the video is transcoded, in plain words; absent when it passes through untouched. */
  readonly transcodedBecause?: string;
  /** Areas that are blacked out for everybody; absent where there are none. */
  readonly privacyAreas?: number;
}

/** A camera's state as people and programs see it. */
export interface CameraStatus {
  readonly state: CameraState;
  /** The reason in plain words: "401 from camera", "no video for 10 s"; empty while all is well. */
  readonly reason: string;
  /** Times the source was opened again since it was added. */
  readonly reconnects: number;
  /** When the next attempt starts, in epoch milliseconds; only while `retrying`. */
  readonly nextAttemptAt?: number;
  readonly video?: VideoFacts;
}
