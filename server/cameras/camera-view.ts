import { credentialsKept } from '../../streams/camera/camera-address.js';
import type { CameraConfig } from '../../streams/camera/camera-config.js';
import type { CameraStatus } from '../../streams/camera-status.js';
import { redact, secretsOf, withoutCredentials } from '../../streams/ffmpeg/redact.js';
import type { CameraView } from '../realtime/events.js';

/** A camera as API and events show it: neither its address nor a reason of its status carries credentials. */
export function cameraViewOf(config: CameraConfig, status: CameraStatus): CameraView {
  const { id, name, kind, enabled, demo, transport, loop, fps, group, certificate, access } = config;
  return {
    id,
    name,
    kind,
    address: shownAddress(config),
    enabled,
    demo,
    transport,
    loop,
    fps,
    ...(group === undefined ? {} : { group }),
    ...(certificate === undefined ? {} : { certificate }),
    status: { ...status, reason: redact(status.reason, secretsOf(access?.reveal() ?? '')) },
  };
}

/**
 * An address as it is shown, and as it may be given back to mean "unchanged": without query, and with `***@` in front of the
 * host where there are credentials.
 */
export function shownAddress({ url, access }: Pick<CameraConfig, 'url' | 'access'>): string {
  const shown = withoutCredentials(url);
  return access === undefined ? shown : shown.replace('://', `://${credentialsKept}@`);
}
