import { formatDayTime } from '../format/times.js';
import { useServices } from '../services.js';
import { LoadNote } from './load-note.js';
import { useLoaded } from './use-loaded.js';

/** For admins: the links by which other devices may send a webcam, each with a way to end it. */
export function PublishLinkList() {
  const { access, store, strings, locale } = useServices();
  const t = strings.audit;
  const { value, failure, change, reload } = useLoaded(() => access.publishLinks());
  const nameOf = (cameraId: string) =>
    store.cameras.value.find(({ id }) => id === cameraId)?.name ?? cameraId;
  return (
    <section class="panel" aria-labelledby="links-title" data-testid="publish-links">
      <h2 id="links-title">{t.links}</h2>
      <LoadNote value={value} failure={failure} onRetry={reload} />
      {value?.length === 0 && <p class="quiet">{t.linksEmpty}</p>}
      <ul class="rows">
        {value?.map(({ id, cameraId, createdBy, expiresAt, used }) => (
          <li key={id}>
            <span>
              {t.linkBy(nameOf(cameraId), createdBy, formatDayTime(expiresAt, locale))} ·{' '}
              {used ? t.used : t.unused}
            </span>
            <button
              type="button"
              class="button button-small"
              onClick={() => void change(() => access.endPublishLink(id))}
            >
              {t.endLink(nameOf(cameraId))}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
