import { useMemo } from 'preact/hooks';
import { formatRatio } from '../format/numbers.js';
import { useServices } from '../services.js';
import { trendSeries, type TrendSeries } from '../state/trend-series.js';
import { trendOptions } from './trend-options.js';
import { usePlot } from './use-plot.js';

interface TrendChartProps {
  readonly cameraId: string;
  /** With axes, for the camera's own page. */
  readonly large?: boolean;
}

/** A camera's last hour: compliance as a line, people as bars; minutes without figures stay empty. */
export function TrendChart({ cameraId, large = false }: TrendChartProps) {
  const { store, strings, locale } = useServices();
  const t = strings.camera;
  const history = store.history.value;
  const series = useMemo(() => history && trendSeries(history, cameraId), [history, cameraId]);
  const columns = useMemo(() => series && ([series.at, series.people, series.compliance] as const), [series]);
  const holder = usePlot(
    (element) => trendOptions(element, large, [strings.kpi.today, t.compliance], locale),
    large,
    columns,
  );

  const empty = !series?.people.some((people) => people !== null);
  return (
    <figure class={large ? 'trend trend-large' : 'trend'}>
      <figcaption>{caption()}</figcaption>
      <div ref={holder} class="trend-plot" role="img" aria-label={empty ? t.trendEmpty : summary(series)} />
    </figure>
  );

  /** The large chart has no scale for its bars, so the caption tells how many people the highest one stands for. */
  function caption(): string {
    if (empty || !series) return t.trendEmpty;
    return large ? t.trendLegend(Math.max(...series.people.map((people) => people ?? 0))) : t.trend;
  }

  function summary(values: TrendSeries | undefined): string {
    const latest = values?.compliance.findLast((value) => value !== null) ?? null;
    const people = values?.people.reduce<number>((sum, value) => sum + (value ?? 0), 0) ?? 0;
    return t.trendSummary(formatRatio(latest, locale), people);
  }
}
