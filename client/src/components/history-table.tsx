import { formatCount, formatDecimal, formatRatio, noValue } from '../format/numbers.js';
import { formatDuration } from '../format/times.js';
import { useServices } from '../services.js';
import { labelOrder } from '../overlay/mask-look.js';
import type { HistoryRow } from '../state/history-view.js';

interface HistoryTableProps {
  readonly rows: readonly (HistoryRow & { readonly name: string })[];
  /** Heading of the first column. */
  readonly first: string;
  /** Name of the table, for screen readers. */
  readonly title: string;
}

/** People by state with their ratio and how sure it is, row by row; occupancy and stays where the rows tell of them. */
export function HistoryTable({ rows, first, title }: HistoryTableProps) {
  const { strings, locale } = useServices();
  const t = strings.history;
  const occupancy = rows.some((row) => row.occupancyMax !== undefined);
  const dwell = rows.some((row) => row.dwellSeconds !== undefined);
  return (
    <table class="visits" aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {labelOrder.map((label) => (
            <th scope="col" class="number" key={label}>
              {strings.label[label]}
            </th>
          ))}
          <th scope="col" class="number">
            {t.compliance}
          </th>
          <th scope="col" class="number">
            {t.range}
          </th>
          {occupancy && (
            <>
              <th scope="col" class="number">
                {t.occupancyMean}
              </th>
              <th scope="col" class="number">
                {t.occupancyMax}
              </th>
            </>
          )}
          {dwell && (
            <th scope="col" class="number">
              {t.dwell}
            </th>
          )}
          <th scope="col" class="number">
            {t.watched}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, people, compliance, interval, watchedSeconds, ...inside }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {labelOrder.map((label) => (
              <td class="number" key={label}>
                {formatCount(people[label], locale)}
              </td>
            ))}
            <td class="number">{formatRatio(compliance, locale)}</td>
            <td class="number">
              {interval === null
                ? noValue
                : `${formatRatio(interval[0], locale)} – ${formatRatio(interval[1], locale)}`}
            </td>
            {occupancy && (
              <>
                <td class="number">{orNone(inside.occupancyMean, (mean) => formatDecimal(mean, locale))}</td>
                <td class="number">{orNone(inside.occupancyMax, (most) => formatCount(most, locale))}</td>
              </>
            )}
            {dwell && (
              <td class="number">
                {orNone(inside.dwellSeconds, (seconds) => formatDuration(seconds * 1000))}
              </td>
            )}
            <td class="number">{formatDuration(watchedSeconds * 1000)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function orNone(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? noValue : format(value);
}
