import { useEffect, useState } from 'preact/hooks';
import type { CameraView } from '../../../server/realtime/events.js';
import type { SessionState } from '../media/keep-session.js';
import { useServices } from '../services.js';
import { ConnectionHelp } from './connection-help.js';
import { Icon } from './icon.js';
import { RouteLink } from './route-link.js';

interface StageCoverProps {
  readonly camera: CameraView;
  readonly session: SessionState;
  readonly playing: boolean;
}

/** What lies over the video while there is none: why, and what happens next. The last picture stays dimly visible. */
export function StageCover({ camera, session, playing }: StageCoverProps) {
  const { strings, webcam } = useServices();
  const { state, reason, nextAttemptAt } = camera.status;
  if (state === 'live' && playing) return null;
  const sendsHere = webcam.sending.value?.cameraId === camera.id;
  const awaitsWebcam = camera.kind === 'webcam' && camera.enabled && state !== 'live' && !sendsHere;
  const busy = !awaitsWebcam && (state === 'connecting' || (state === 'live' && session.phase !== 'waiting'));
  const text = coverText();
  return (
    <div class="stage-cover" data-testid="stage-cover">
      {busy ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        <Icon name={awaitsWebcam ? 'webcam' : 'camera'} />
      )}
      <p>{text}</p>
      {state === 'retrying' && nextAttemptAt !== undefined && <Countdown to={nextAttemptAt} />}
      {state === 'live' && session.phase === 'waiting' && (
        <ConnectionHelp cameraId={camera.id} name={camera.name} direction="watch" />
      )}
      {awaitsWebcam && (
        <RouteLink to={{ view: 'publish', cameraId: camera.id }} class="button">
          {strings.camera.sendHere}
        </RouteLink>
      )}
    </div>
  );

  function coverText(): string {
    if (awaitsWebcam) return strings.camera.webcamWaiting;
    if (sendsHere && state !== 'live') return strings.publish.connecting;
    if (!camera.enabled || state === 'stopped') return strings.camera.off;
    if (state === 'live' && session.phase === 'waiting') return strings.video.waiting(session.reason);
    if (state === 'live') return strings.video.connecting;
    return reason || strings.camera.state[state];
  }
}

/** What stands in the place of the video of a camera that only counts. */
export function CountsOnlyCover() {
  const { strings } = useServices();
  return (
    <div class="stage-cover" data-testid="stage-cover">
      <Icon name="camera" />
      <p>{strings.privacy.countsOnlyHint}</p>
    </div>
  );
}

/** Seconds until a moment, counting down. */
function Countdown({ to }: { readonly to: number }) {
  const t = useServices().strings.camera;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((to - now) / 1000);
  return seconds > 0 ? <p class="stage-quiet">{t.nextAttempt(seconds)}</p> : null;
}
