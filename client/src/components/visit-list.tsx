import { useEffect, useState } from 'preact/hooks';
import type { Visit } from '../../../server/realtime/events.js';
import { ApiError } from '../api/api-error.js';
import { formatRatio, noValue } from '../format/numbers.js';
import { formatDuration, formatTime } from '../format/times.js';
import { useServices } from '../services.js';
import { addVisits } from '../state/live-state.js';
import { StateSwatch } from './state-swatch.js';

/** Visits read at first; more come with events. */
const pageSize = 50;

/** The latest visits of a camera, newest first; grows by itself while people come and go. */
export function VisitList({ cameraId }: { readonly cameraId: string }) {
  const { api, store, strings } = useServices();
  const t = strings.page;
  const [reading, setReading] = useState<'busy' | 'done' | 'failed'>('busy');
  const connection = store.connection.value.phase;
  useEffect(() => {
    if (connection === 'lost') return undefined;
    let left = false;
    api.visits({ camera: cameraId, limit: pageSize }).then(
      (page) => {
        if (left) return;
        store.live.value = addVisits(store.live.peek(), cameraId, page.visits);
        setReading('done');
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        if (!left) setReading('failed');
      },
    );
    return () => {
      left = true;
    };
  }, [api, store, cameraId, connection]);
  const visits = store.live.value.visits.get(cameraId) ?? [];
  if (visits.length === 0) {
    const texts = { busy: t.visitsLoading, done: t.visitsEmpty, failed: t.visitsError };
    return <p class="quiet">{texts[reading]}</p>;
  }
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t.visits}>
      <table class="visits" data-testid="visits">
        <thead>
          <tr>
            <th scope="col">{t.firstSeen}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.stayed}</th>
            <th scope="col" class="number">
              {t.confidence}
            </th>
            <th scope="col" class="number">
              {t.changes}
            </th>
          </tr>
        </thead>
        <tbody>
          {visits.map((visit) => (
            <VisitRow key={visit.visitId} visit={visit} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function VisitRow({ visit }: { readonly visit: Visit }) {
  const { strings, locale } = useServices();
  return (
    <tr data-ended={visit.ended}>
      <td>
        <time dateTime={new Date(visit.firstSeenAt).toISOString()}>
          {formatTime(visit.firstSeenAt, locale, true)}
        </time>
      </td>
      <td>
        <span class="visit-state">
          <StateSwatch label={visit.state} /> {strings.label[visit.state]}
        </span>
      </td>
      <td>
        {visit.ended ? (
          formatDuration(visit.lastSeenAt - visit.firstSeenAt)
        ) : (
          <span class="badge badge-live">{strings.page.inViewNow}</span>
        )}
      </td>
      <td class="number">{visit.state === 'unknown' ? noValue : formatRatio(visit.confidence, locale)}</td>
      <td class="number">{visit.changes}</td>
    </tr>
  );
}
