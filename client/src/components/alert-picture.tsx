import { useEffect, useState } from 'preact/hooks';
import type { Alert, AlertPicture as Facts } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';

interface AlertPictureProps {
  readonly alert: Alert;
  readonly picture: Facts;
}

/** The picture that is kept with an alert; it is fetched only when somebody asks for it, as each look is recorded. */
export function AlertPicture({ alert, picture }: AlertPictureProps) {
  const t = useServices().strings.privacy;
  const [shown, setShown] = useState(false);
  return (
    <div class="alert-picture">
      <button
        type="button"
        class="button button-small"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? t.hidePicture : t.showPicture}
      </button>
      {shown && <Picture alert={alert} picture={picture} />}
    </div>
  );
}

function Picture({ alert, picture }: AlertPictureProps) {
  const { api, strings, locale } = useServices();
  const t = strings.privacy;
  const [address, setAddress] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const time = (at: number) =>
    new Date(at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' });
  useEffect(() => {
    let mine: string | undefined;
    let left = false;
    api.alertPicture(alert.alertId).then(
      (blob) => {
        if (left) return;
        mine = URL.createObjectURL(blob);
        setAddress(mine);
      },
      (error: unknown) => {
        if (!left) setFailure(messageOf(error));
      },
    );
    return () => {
      left = true;
      // A browser would show an <img> again out of its memory, and nobody would know.
      if (mine !== undefined) URL.revokeObjectURL(mine);
    };
  }, [api, alert.alertId]);
  return (
    <figure>
      {failure !== undefined && <p role="status">{failure}</p>}
      {address !== undefined && (
        <img
          src={address}
          width={picture.width}
          height={picture.height}
          alt={t.pictureOf(alert.cameraName, time(picture.takenAt))}
        />
      )}
      <figcaption>
        {picture.blurred ? t.facesHidden : t.facesShown} {t.pictureUntil(time(picture.deletedAt))}
      </figcaption>
    </figure>
  );
}
