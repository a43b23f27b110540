import { useEffect, useState } from 'preact/hooks';
import type { AlertPage } from '../../../server/http/alert-api.js';
import type { Alert } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { AlertNav } from '../components/alert-nav.js';
import { AlertRow } from '../components/alert-row.js';
import { LoadNote } from '../components/load-note.js';
import { SelectField } from '../components/field.js';
import { useServices } from '../services.js';

const filters = ['all', 'open', 'unseen', 'cleared'] as const;

/** The inbox: newest first, filtered, page by page, and up to date as alerts come. */
export function AlertsPage() {
  const { api, store, strings } = useServices();
  const t = strings.watch.alerts;
  const [filter, setFilter] = useState<(typeof filters)[number]>('all');
  const [page, setPage] = useState<AlertPage | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const live = store.live.value.alerts;
  const lost = store.connection.value.phase === 'lost';
  const query = filter === 'all' ? { limit: 30 } : { state: filter, limit: 30 };
  useEffect(() => {
    if (lost && page !== undefined) return undefined;
    let left = false;
    api.alerts(query).then(
      (read) => {
        if (left) return;
        setPage(read);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (!left) setFailure(messageOf(error));
      },
    );
    return () => {
      left = true;
    };
    // Each alert that comes or changes gives another map: the first page is then read anew, as when the server is back.
  }, [api, filter, live, lost]);
  const more = async (after: string): Promise<void> => {
    const next = await api.alerts({ ...query, after });
    setPage((known) => ({ ...next, alerts: [...(known?.alerts ?? []), ...next.alerts] }));
  };
  const replace = (alert: Alert): void =>
    setPage(
      (known) =>
        known && {
          ...known,
          alerts: known.alerts.map((old) => (old.alertId === alert.alertId ? alert : old)),
        },
    );
  const next = page?.next;
  return (
    <div class="watch-page" data-testid="alerts-page">
      <AlertNav current="alerts" />
      <SelectField
        label={t.filter}
        value={filter}
        onChange={(value) => setFilter(filters.find((one) => one === value) ?? 'all')}
      >
        {filters.map((one) => (
          <option key={one} value={one}>
            {t.filters[one]}
          </option>
        ))}
      </SelectField>
      <LoadNote value={page} failure={failure} />
      {page?.alerts.length === 0 && (
        <div class="panel">
          <h2>{t.empty}</h2>
          <p class="muted">{t.emptyHint}</p>
        </div>
      )}
      <ul class="alert-list">
        {page?.alerts.map((alert) => (
          <AlertRow key={alert.alertId} alert={alert} onChanged={replace} />
        ))}
      </ul>
      {next !== undefined && (
        <button type="button" class="button" onClick={() => void more(next)}>
          {t.more}
        </button>
      )}
    </div>
  );
}
