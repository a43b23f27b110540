import type { CameraDesk, FixedCamera } from '../cameras/camera-desk.js';
import type { ConfigCamera } from '../config/schema.js';

/**
 * Starts the cameras of the configuration and the command line, then the stored ones that they do not stand in front of.
 *
 * @throws CameraFieldError when an address cannot be used
 */
export function startCameras(
  desk: Pick<CameraDesk, 'addFixed' | 'restore'>,
  cameras: readonly ConfigCamera[],
): void {
  for (const camera of cameras) desk.addFixed(fixedCamera(camera));
  desk.restore();
}

/** A camera of the configuration as the desk takes it. */
export function fixedCamera({
  id,
  name,
  url,
  transport,
  loop,
  fps,
  group,
  certificate,
}: ConfigCamera): FixedCamera {
  return {
    id,
    name: name ?? id,
    url,
    // Someone who names a file as a camera wants to see it, not its last frame.
    loop: loop ?? true,
    ...(transport === undefined ? {} : { transport }),
    ...(fps === undefined ? {} : { fps }),
    ...(group === undefined ? {} : { group }),
    ...(certificate === undefined ? {} : { certificate }),
  };
}
