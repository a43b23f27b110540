import { useState } from 'preact/hooks';
import { renderSVG } from 'uqr';
import type { NewPublishLink } from '../../../server/http/access-api.js';
import type { CameraView } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { formatDayTime } from '../format/times.js';
import { useServices } from '../services.js';

const linkMinutes = 60;

/** For admins at a webcam camera: makes a link by which another device sends its webcam to this camera, with a QR code for phones. */
export function PublishLinkPanel({ camera }: { readonly camera: CameraView | undefined }) {
  const { session } = useServices();
  const shown = camera?.kind === 'webcam' && session.can('admin');
  return shown ? <PublishLink key={camera.id} cameraId={camera.id} /> : null;
}

function PublishLink({ cameraId }: { readonly cameraId: string }) {
  const { access, strings, locale } = useServices();
  const t = strings.access;
  const [made, setMade] = useState<NewPublishLink>();
  const [failure, setFailure] = useState<string>();

  async function make(): Promise<void> {
    setFailure(undefined);
    try {
      setMade(await access.makePublishLink({ cameraId, minutes: linkMinutes }));
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  const address = made && location.origin + made.path;
  return (
    <section class="panel" data-testid="publish-link">
      <h2>{t.linkTitle}</h2>
      <p>{t.linkIntro}</p>
      {address !== undefined && (
        <>
          {/* As a picture of its own: its style would break the policy of this page. */}
          <img
            class="qr-code"
            alt={t.linkQr}
            src={`data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 2 }))}`}
          />
          <p>
            <a href={address} data-testid="publish-link-address">
              {address}
            </a>
          </p>
          <p class="quiet">{t.linkUntil(formatDayTime(made?.link.expiresAt ?? 0, locale))}</p>
        </>
      )}
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {strings.notice.actionFailed(failure)}
        </p>
      )}
      <footer>
        <button type="button" class="button" onClick={() => void make()}>
          {made ? t.linkAnother : t.linkMake}
        </button>
      </footer>
    </section>
  );
}
