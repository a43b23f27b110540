import { useState } from 'preact/hooks';
import type { Alert } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { putAlert } from '../state/live-state.js';
import { AlertPicture } from './alert-picture.js';
import { RouteLink } from './route-link.js';

/** One alert of the inbox, to be acknowledged with a note. */
export function AlertRow({
  alert,
  onChanged,
}: {
  readonly alert: Alert;
  readonly onChanged: (alert: Alert) => void;
}) {
  const { api, store, session, strings, locale } = useServices();
  const t = strings.watch.alerts;
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const time = (at: number) =>
    new Date(at).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'medium' });
  const acknowledge = async (): Promise<void> => {
    try {
      const seen = await api.acknowledge(alert.alertId, note);
      if (store.live.value.alerts.has(seen.alertId)) store.live.value = putAlert(store.live.value, seen);
      onChanged(seen);
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  const lasting = alert.clearedAt === undefined;
  return (
    <li class="alert-row" data-severity={alert.severity} data-lasting={lasting} data-testid="alert">
      <div class="alert-head">
        <span class="badge" data-severity={alert.severity}>
          {t.severity[alert.severity]}
        </span>
        <strong>{alert.ruleName}</strong>
        <span class="badge">{lasting ? t.lasting : t.over}</span>
        {alert.quiet && <span class="badge">{t.quiet}</span>}
      </div>
      <p>
        {t.kind[alert.kind]} ·{' '}
        <RouteLink to={{ view: 'camera', cameraId: alert.cameraId }}>{alert.cameraName}</RouteLink>
        {alert.zoneName !== undefined && `, ${alert.zoneName}`} · {t.since(time(alert.raisedAt))}
        {alert.clearedAt !== undefined && ` ${t.until(time(alert.clearedAt))}`}
      </p>
      {failure !== undefined && <p class="notice notice-bad">{failure}</p>}
      {alert.acknowledged && (
        <p class="muted">
          {t.acknowledged(alert.acknowledged.by)}
          {alert.acknowledged.note !== '' && `: ${alert.acknowledged.note}`}
        </p>
      )}
      {alert.picture !== undefined && session.can('operate') && (
        <AlertPicture alert={alert} picture={alert.picture} />
      )}
      {!alert.acknowledged && session.can('operate') && (
        <form
          class="alert-note"
          onSubmit={(event) => {
            event.preventDefault();
            void acknowledge();
          }}
        >
          <input
            aria-label={t.note}
            placeholder={t.note}
            value={note}
            maxLength={500}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
          <button type="submit" class="button button-small">
            {t.acknowledge}
          </button>
        </form>
      )}
    </li>
  );
}
