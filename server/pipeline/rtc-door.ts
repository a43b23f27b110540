import type { CameraRegistry } from '../../streams/camera/camera-registry.js';
import { CameraError } from '../../streams/camera/camera-error.js';
import type { RtcSettings } from '../../streams/webrtc/rtc-settings.js';
import { SendTurn } from '../../streams/webrtc/send-turn.js';
import { createWhepViewer } from '../../streams/webrtc/whep-viewer.js';
import { createWhipIngest } from '../../streams/webrtc/whip-ingest.js';
import type { RtcDoor } from '../http/rtc-sessions.js';

/**
 * Joins signalling to the cameras: a browser's WHIP offer feeds a webcam, a WHEP offer shows any camera.
 *
 * @param clock monotonic milliseconds
 */
export function createRtcDoor(
  registry: Pick<CameraRegistry, 'get' | 'attachPublisher'>,
  settings: RtcSettings,
  clock: () => number,
): RtcDoor {
  const turn = new SendTurn();
  const cameraOf = (id: string) => {
    const camera = registry.get(id);
    if (camera === undefined) throw new CameraError('unknown-camera', `There is no camera ${id}.`);
    return camera;
  };
  return {
    publish: async (cameraId, offerSdp) => {
      const { config } = cameraOf(cameraId);
      // Said before the answer: the registry itself asks only when the first packet comes.
      if (config.kind !== 'webcam') throw new CameraError('no-webcam', `${config.name} is no webcam.`);
      if (!config.enabled) throw new CameraError('camera-disabled', `${config.name} is switched off.`);
      let close = () => Promise.resolve();
      const session = await createWhipIngest({
        offerSdp,
        settings,
        clock,
        hub: {
          begin: (codec, options) =>
            registry.attachPublisher(cameraId, {
              codec,
              requestKeyframe: () => options?.requestKeyframe?.(),
              close: () => void close(),
            }),
        },
      });
      close = () => session.close('another browser took over, or the camera was changed');
      return session;
    },
    view: (cameraId, offerSdp) =>
      createWhepViewer({ offerSdp, source: cameraOf(cameraId).source, settings, clock, turn }),
  };
}
