import { useEffect, useRef, useState } from 'preact/hooks';
import type { CameraView } from '../../../server/realtime/events.js';
import type { SessionState } from '../media/keep-session.js';
import { useServices } from '../services.js';
import { ConnectionDialog } from './connection-help.js';
import { Icon } from './icon.js';
import { RouteLink } from './route-link.js';

interface StageCoverProps {
  readonly camera: CameraView;
  readonly session: SessionState;
  readonly playing: boolean;
}

/**
 * What lies over the video while there is none: why, and what happens next. The last picture stays dimly visible. The look for the
 * reason outlasts the attempts that go on meanwhile.
 */
export function StageCover({ camera, session, playing }: StageCoverProps) {
  const { strings, webcam } = useServices();
  const { state, reason, nextAttemptAt } = camera.status;
  const [checking, setChecking] = useState(false);
  // Stays while the next attempt runs, so that the button does not come and go under the pointer.
  const offered = useRef(false);
  if (state !== 'live' || playing) offered.current = false;
  else if (session.phase === 'waiting') offered.current = true;
  const sendsHere = webcam.sending.value?.cameraId === camera.id;
  const awaitsWebcam = camera.kind === 'webcam' && camera.enabled && state !== 'live' && !sendsHere;
  const busy = !awaitsWebcam && (state === 'connecting' || (state === 'live' && session.phase !== 'waiting'));
  const text = coverText();
  return (
    <>
      {!(state === 'live' && playing) && (
        <div class="stage-cover" data-testid="stage-cover">
          {busy ? (
            <span class="spinner" aria-hidden="true" />
          ) : (
            <Icon name={awaitsWebcam ? 'webcam' : 'camera'} />
          )}
          <p>{text}</p>
          {state === 'retrying' && nextAttemptAt !== undefined && <Countdown to={nextAttemptAt} />}
          {offered.current && (
            <button type="button" class="button button-small" onClick={() => setChecking(true)}>
              {strings.tools.connect.why}
            </button>
          )}
          {awaitsWebcam && (
            <RouteLink to={{ view: 'publish', cameraId: camera.id }} class="button">
              {strings.camera.sendHere}
            </RouteLink>
          )}
        </div>
      )}
      {checking && (
        <ConnectionDialog
          cameraId={camera.id}
          name={camera.name}
          direction="watch"
          onClose={() => setChecking(false)}
        />
      )}
    </>
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
