import { useMemo, useState } from 'preact/hooks';
import { FullPageNote } from '../components/full-page-note.js';
import { HistoryTable } from '../components/history-table.js';
import { PageHead } from '../components/page-head.js';
import { RouteLink } from '../components/route-link.js';
import { trendOptions } from '../components/trend-options.js';
import { useHistory } from '../components/use-history.js';
import { usePlot } from '../components/use-plot.js';
import { formatDay, formatDayTime, formatTime, formatWholeDay } from '../format/times.js';
import { useServices } from '../services.js';
import { type HistoryRow, historySeries, type Span, spans } from '../state/history-view.js';
import { allPeople } from '../state/people.js';

const hourMs = 3_600_000;

/** People and compliance over a day, a week, a month or a year: a chart with its gaps, a table, and both to take away. */
export function HistoryPage() {
  const { strings, store } = useServices();
  const t = strings.history;
  const [span, setSpan] = useState<Span>('day');
  const [cameraId, setCamera] = useState<string>();
  const [place, setPlace] = useState<string>();
  const { rows, places, failure, csv, json } = useHistory({ span, cameraId, place });
  return (
    <div class="tool-page" data-testid="history-page">
      <PageHead title={t.title}>
        <RouteLink to={{ view: 'report' }} class="button">
          {t.report}
        </RouteLink>
      </PageHead>
      <div class="history-choice">
        <Choice
          name={t.span}
          value={span}
          onChoose={(value) => setSpan(spans.find((one) => one === value) ?? 'day')}
        >
          {spans.map((one) => [one, t.spans[one]])}
        </Choice>
        <Choice
          name={t.camera}
          value={cameraId ?? ''}
          onChoose={(value) => {
            setPlace(undefined);
            setCamera(value === '' ? undefined : value);
          }}
        >
          {[['', t.all], ...store.cameras.value.map(({ id, name }) => [id, name] as const)]}
        </Choice>
        {(places.length > 0 || place !== undefined) && (
          <Choice
            name={t.place}
            value={place ?? ''}
            onChoose={(value) => setPlace(value === '' ? undefined : value)}
          >
            {[['', t.whole], ...places.map((one) => [one, one] as const)]}
          </Choice>
        )}
        <a class="button" href={csv} download>
          {t.csv}
        </a>
        <a class="button" href={json} download="maskwatch.json">
          {t.json}
        </a>
      </div>
      {failure !== undefined ? (
        <FullPageNote icon="warning" title={failure} />
      ) : rows === undefined ? (
        <FullPageNote busy title={t.loading} />
      ) : rows.length === 0 ? (
        <FullPageNote title={t.empty} />
      ) : (
        <Figures rows={rows} span={span} />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  /** Values with their words. */
  readonly children: readonly (readonly [string, string])[];
}

function Choice({ name, value, onChoose, children }: ChoiceProps) {
  return (
    <label class="field">
      <span>{name}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {children.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Figures({ rows, span }: { readonly rows: readonly HistoryRow[]; readonly span: Span }) {
  const { strings, locale } = useServices();
  const t = strings.history;
  const hours = span === 'day' || span === 'week';
  const series = useMemo(() => historySeries(rows, hours ? hourMs : 24 * hourMs), [rows, hours]);
  const label = span === 'day' ? formatTime : formatDay;
  const holder = usePlot(
    (element) => trendOptions(element, true, [t.people, t.compliance], locale, label),
    span,
    series,
  );
  const most = Math.max(...rows.map(({ people }) => allPeople(people)));
  const nameOf = (at: number): string => (hours ? formatDayTime(at, locale) : formatWholeDay(at, locale));
  return (
    <>
      <section class="panel" aria-labelledby="history-chart">
        <h2 id="history-chart">{t.chart}</h2>
        <figure class="trend trend-large">
          <figcaption>{t.legend(most)}</figcaption>
          <div ref={holder} class="trend-plot" role="img" aria-label={t.legend(most)} />
        </figure>
      </section>
      <section class="panel" aria-labelledby="history-table">
        <h2 id="history-table">{t.table}</h2>
        <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="history-table">
          <HistoryTable
            first={t.time}
            title={t.table}
            rows={[...rows].reverse().map((row) => ({ ...row, name: nameOf(row.at) }))}
          />
        </div>
        <p class="quiet">{t.rangeNote}</p>
      </section>
    </>
  );
}
