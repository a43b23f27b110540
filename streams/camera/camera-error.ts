/** What can be wrong with a request to the camera registry. */
export type CameraErrorCode =
  'duplicate-camera' | 'unknown-camera' | 'no-webcam' | 'camera-disabled' | 'closed';

/** A request to the camera registry that cannot be met. */
export class CameraError extends Error {
  override readonly name = 'CameraError';
  readonly code: CameraErrorCode;

  constructor(code: CameraErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
