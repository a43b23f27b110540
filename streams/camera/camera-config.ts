/** What kind of source an address names. */
export type CameraKind = 'rtsp' | 'http' | 'file' | 'webcam';

/** Everything the product needs to know about one camera. */
export interface CameraConfig {
  /** Lower-case letters, digits and dashes, at most 40. */
  readonly id: string;
  readonly name: string;
  readonly kind: CameraKind;
  /**
   * What ffmpeg opens: an `rtsp:`, `rtsps:`, `http:` or `https:` URL with its credentials, an absolute path for a file;
   * empty for a webcam.
   */
  readonly url: string;
  /** How RTP travels from an RTSP camera. */
  readonly transport: 'tcp' | 'udp';
  /** True for a file that starts again when it ends. */
  readonly loop: boolean;
  /** Frames a second to analyse, at most. */
  readonly fps: number;
  /** A disabled camera is listed but not opened. */
  readonly enabled: boolean;
  /** True for the camera that the product brought along to show itself. */
  readonly demo: boolean;
}
