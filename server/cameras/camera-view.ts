import type { CameraConfig } from '../../streams/camera/camera-config.js';
import type { CameraStatus } from '../../streams/camera-status.js';
import { redact, secretsOf, withoutCredentials } from '../../streams/ffmpeg/redact.js';
import type { CameraView } from '../realtime/events.js';

/** A camera as API and events show it: neither its address nor a reason of its status carries credentials. */
export function cameraViewOf(config: CameraConfig, status: CameraStatus): CameraView {
  const { id, name, kind, enabled, demo, transport, loop, fps } = config;
  return {
    id,
    name,
    kind,
    // Twice over: an unescaped `/` in a password leaves the rest of it in the path.
    address: redact(withoutCredentials(config.url)),
    enabled,
    demo,
    transport,
    loop,
    fps,
    status: { ...status, reason: redact(status.reason, secretsOf(config.url)) },
  };
}
