import type { CameraView } from '../../../server/realtime/events.js';
import { useServices } from '../services.js';

/** A camera's state in a word, with a sign of its own shape, and the reason when all is not well. */
export function CameraStatusLine({ camera }: { readonly camera: CameraView }) {
  const { strings } = useServices();
  const { state, reason } = camera.status;
  // A webcam that nobody sends is not switched off: it waits.
  const idle = camera.kind === 'webcam' && camera.enabled && state === 'stopped';
  return (
    <p class="status" data-state={state} data-testid="camera-status">
      <span class="status-dot" aria-hidden="true" />
      <span class="status-word">{idle ? strings.camera.waiting : strings.camera.state[state]}</span>
      {reason !== '' && <span class="status-reason">{reason}</span>}
    </p>
  );
}

/** What is special about a camera: that it is the demo, that its video is converted. */
export function CameraBadges({ camera }: { readonly camera: CameraView }) {
  const { strings } = useServices();
  const t = strings.camera;
  const words = strings.watch.zones;
  const because = camera.status.video?.transcodedBecause;
  const privacyAreas = camera.status.video?.privacyAreas ?? 0;
  return (
    <>
      {camera.demo && (
        <span class="badge badge-demo" title={t.demoHint}>
          {t.demo}
        </span>
      )}
      {camera.countsOnly === true && (
        <span class="badge" title={strings.privacy.countsOnlyHint} data-testid="counts-only-badge">
          {strings.privacy.countsOnly}
        </span>
      )}
      {privacyAreas > 0 && (
        <span class="badge" title={words.privacyHint} data-testid="privacy-badge">
          {words.privacyBadge}
        </span>
      )}
      {because !== undefined && privacyAreas === 0 && (
        <span class="badge" title={t.transcodedHint(because)}>
          {t.transcoded}
        </span>
      )}
    </>
  );
}
