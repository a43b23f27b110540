import { FullPageNote } from '../components/full-page-note.js';
import { useLoaded } from '../components/use-loaded.js';
import { useServices } from '../services.js';

/** The notice for people in front of the cameras, to read or to print; open to anybody. */
export function NoticePage() {
  const { api, strings } = useServices();
  const t = strings.history;
  const { value: notice, failure } = useLoaded(() => api.notice());
  if (failure !== undefined) return <FullPageNote whole icon="warning" title={failure} />;
  if (notice === undefined) return <FullPageNote whole busy title={t.loading} />;
  const p = strings.privacy;
  const { countsOnly, pictures } = notice;
  const { visitDays, minuteDays, hourDays, dayDays, alertDays } = notice.retention;
  const facts: readonly (readonly [string, string])[] = [
    [t.by, notice.site],
    [t.purpose, notice.purpose],
    [t.contact, notice.contact],
  ];
  const unset = facts.every(([, words]) => words === '');
  return (
    <article class="panel notice-page" data-testid="notice-page">
      <h1>{t.noticeTitle}</h1>
      <p>{pictures === undefined ? t.noticeIntro : p.introPictures}</p>
      {countsOnly !== 'none' && <p>{countsOnly === 'all' ? p.allCount : p.someCount}</p>}
      {unset && <p class="quiet no-print">{t.noticeUnset}</p>}
      <dl>
        {facts.map(
          ([name, words]) =>
            words !== '' && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </div>
            ),
        )}
        <div>
          <dt>{t.kept}</dt>
          <dd>
            <ul>
              {countsOnly !== 'all' && <li>{t.keptVisits(visitDays)}</li>}
              <li>{t.keptCounts(minuteDays, hourDays, dayDays)}</li>
              <li>{pictures === undefined ? t.keptAlerts(alertDays) : p.keptAlerts(alertDays)}</li>
              {pictures !== undefined && (
                <li>{pictures.facesHidden ? p.keptHidden(pictures.hours) : p.keptShown(pictures.hours)}</li>
              )}
            </ul>
          </dd>
        </div>
      </dl>
      <button type="button" class="button no-print" onClick={() => print()}>
        {t.print}
      </button>
    </article>
  );
}
