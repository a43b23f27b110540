import type { VideoCodec } from '../access-unit.js';
import type { CameraStatus } from '../camera-status.js';
import type { RtpHub, RtpIngest } from '../rtp/rtp-hub.js';
import type { SourceRelay } from '../relay/source-relay.js';
import type { CameraConfig } from './camera-config.js';
import type { CameraLimits } from './camera-limits.js';
import { defaultLimits } from './camera-limits.js';
import type { Feed } from './feed.js';
import { SupervisedCameras } from './supervised-cameras.js';

/** A camera as the registry shows it: what was asked for, its video, how it is. */
export interface Camera {
  readonly config: CameraConfig;
  /** Lives from `add` to `remove`, over reconnects and changed settings. */
  readonly source: RtpHub;
  readonly status: CameraStatus;
}

/** A browser that publishes a webcam over WHIP. */
export interface Publisher {
  readonly codec: VideoCodec;
  /** Asks the browser for a keyframe. */
  requestKeyframe(): void;
  /** Ends the session: the camera was removed or disabled, or another browser took over. Must be idempotent. */
  close(): void;
}

/** What the registry needs; all but `onStatus` listeners come from here. */
export interface CameraRegistryOptions {
  readonly limits?: Partial<CameraLimits>;
  /** Makes the feed of a camera instead of ffmpeg; for tests. */
  readonly feedOf?: (config: CameraConfig) => Feed;
  /** The way to cameras of the network; whoever gives one closes it. One of its own, without rules, where absent. */
  readonly relay?: SourceRelay;
}

/** Knows all cameras; starts, supervises and stops their sources. */
export interface CameraRegistry {
  /**
   * Adds a camera and starts it, unless it is disabled.
   *
   * @throws CameraError `duplicate-camera`, `closed`
   */
  add(config: CameraConfig): Camera;
  /**
   * Replaces the settings of `config.id`. The source is opened anew only when what it opens has changed; other cameras
   * are not touched, and the camera's `source` stays the same. Resolves when the new settings are in force.
   *
   * @throws CameraError `unknown-camera`, `closed`
   */
  change(config: CameraConfig): Promise<Camera>;
  /** Stops and forgets a camera; resolves when its ffmpeg is gone. False when there is none of this id. */
  remove(id: string): Promise<boolean>;
  get(id: string): Camera | undefined;
  /** All cameras in the order they were added. */
  list(): readonly Camera[];
  /** Every change of any camera's status. Returns the function that ends the subscription. */
  onStatus(listener: (cameraId: string, status: CameraStatus) => void): () => void;
  /**
   * Gives a webcam its video; a browser that published to it before is closed. Push packets to the result, `end()` it
   * when the browser leaves.
   *
   * @throws CameraError `unknown-camera`, `no-webcam`, `camera-disabled`, `closed`
   */
  attachPublisher(id: string, publisher: Publisher): RtpIngest;
  /** Stops everything. Idempotent; resolves when no ffmpeg is left. */
  close(): Promise<void>;
}

/** Makes a registry without cameras. */
export function createCameraRegistry(options: CameraRegistryOptions = {}): CameraRegistry {
  return new SupervisedCameras({ ...defaultLimits, ...options.limits }, options.feedOf, options.relay);
}
