import { useMemo, useState } from 'preact/hooks';
import { formatDecimal } from '../format/numbers.js';
import { formatDay, formatDayTime, formatDuration, formatTime, formatWholeDay } from '../format/times.js';
import { useServices } from '../services.js';
import { type Chart, chartsOf, historyColumns, mostOf } from '../state/history-charts.js';
import { type Span, type Step, stepMs } from '../state/history-span.js';
import type { HistoryRow } from '../state/history-view.js';
import { Choice } from './choice.js';
import { HistoryTable } from './history-table.js';
import { amountOptions, trendOptions } from './trend-options.js';
import { usePlot } from './use-plot.js';

interface HistoryFiguresProps {
  /** At least one, oldest first. */
  readonly rows: readonly HistoryRow[];
  readonly span: Span;
  readonly step: Step;
  /** Whether the rows are sums over several cameras. */
  readonly summed: boolean;
}

/** A history as a chart with its gaps, and as a table, the newest first. */
export function HistoryFigures({ rows, span, step, summed }: HistoryFiguresProps) {
  const { strings, locale } = useServices();
  const t = strings.history;
  const [wanted, setWanted] = useState<Chart>('compliance');
  const possible = useMemo(() => chartsOf(rows), [rows]);
  const chart = possible.includes(wanted) ? wanted : 'compliance';
  const columns = useMemo(() => historyColumns(rows, stepMs[step], chart), [rows, step, chart]);
  const label = span === 'hour' || span === 'day' ? formatTime : formatDay;
  const holder = usePlot(
    (element) => {
      if (chart === 'compliance') return trendOptions(element, true, [t.people, t.compliance], locale, label);
      if (chart === 'dwell')
        return amountOptions(element, ['', t.dwell], (value) => formatDuration(value * 1000), locale, label);
      const names = [t.occupancyMax, t.occupancyMean] as const;
      return amountOptions(element, names, (value) => formatDecimal(value, locale), locale, label);
    },
    `${span} ${chart}`,
    columns,
  );
  const legend = legendOf();
  const nameOf = (at: number): string =>
    step === 'day' ? formatWholeDay(at, locale) : formatDayTime(at, locale);
  return (
    <>
      <section class="panel" aria-labelledby="history-chart">
        <div class="history-choice">
          <h2 id="history-chart">{t.charts[chart]}</h2>
          {possible.length > 1 && (
            <Choice name={t.shown} value={chart} onChoose={setWanted}>
              {possible.map((one) => [one, t.charts[one]] as const)}
            </Choice>
          )}
        </div>
        <figure class="trend trend-large">
          <figcaption>{legend}</figcaption>
          <div ref={holder} class="trend-plot" role="img" aria-label={legend} />
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
        {summed && <p class="quiet">{t.summedNote}</p>}
      </section>
    </>
  );

  function legendOf(): string {
    const most = mostOf(rows, chart);
    if (chart === 'compliance') return t.legend(most);
    return chart === 'dwell' ? t.dwellLegend(formatDuration(most * 1000)) : t.occupancyLegend(most);
  }
}
