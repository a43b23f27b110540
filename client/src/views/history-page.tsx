import { useState } from 'preact/hooks';
import { Choice } from '../components/choice.js';
import { FullPageNote } from '../components/full-page-note.js';
import { HistoryFigures } from '../components/history-figures.js';
import { PageHead } from '../components/page-head.js';
import { RouteLink } from '../components/route-link.js';
import { useHistory } from '../components/use-history.js';
import { useServices } from '../services.js';
import { type Span, spans, type Step, stepOf, stepsOf } from '../state/history-span.js';

/** People, compliance and occupancy from an hour to a year: a chart with its gaps, a table, and both to take away. */
export function HistoryPage() {
  const { strings, store } = useServices();
  const t = strings.history;
  const [span, setSpan] = useState<Span>('day');
  const [wanted, setStep] = useState<Step>();
  const [cameraId, setCamera] = useState<string>();
  const [place, setPlace] = useState<string>();
  const step = stepOf(span, wanted);
  const { rows, places, failure, csv, json } = useHistory({ span, step, cameraId, place });
  return (
    <div class="tool-page" data-testid="history-page">
      <PageHead title={t.title}>
        <RouteLink to={{ view: 'report' }} class="button">
          {t.report}
        </RouteLink>
      </PageHead>
      <div class="history-choice">
        <Choice name={t.span} value={span} onChoose={setSpan}>
          {spans.map((one) => [one, t.spans[one]] as const)}
        </Choice>
        <Choice name={t.step} value={step} onChoose={setStep}>
          {stepsOf[span].map((one) => [one, t.steps[one]] as const)}
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
        <a class="button" href={json} download>
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
        <HistoryFigures rows={rows} span={span} step={step} summed={cameraId === undefined} />
      )}
    </div>
  );
}
