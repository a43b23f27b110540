import type { HistoryRow } from './history-view.js';
import { allPeople } from './people.js';
import type { PlotColumns } from './plot-columns.js';

/** What a chart of a history can show. */
export const charts = ['compliance', 'occupancy', 'dwell'] as const;
/** One of them. */
export type Chart = (typeof charts)[number];

/** What a row is on each chart: bars, and the line over them. */
const values: Readonly<Record<Chart, (row: HistoryRow) => readonly [number | null, number | null]>> = {
  compliance: ({ people, compliance }) => [allPeople(people), compliance],
  occupancy: ({ occupancyMax, occupancyMean }) => [occupancyMax ?? null, occupancyMean ?? null],
  dwell: ({ dwellSeconds }) => [null, dwellSeconds ?? null],
};

/** The charts that some rows have: a line has no occupancy, and not every place tells how long people stayed. */
export function chartsOf(rows: readonly HistoryRow[]): Chart[] {
  return charts.filter(
    (chart) =>
      chart === 'compliance' ||
      rows.some((row) => (chart === 'occupancy' ? row.occupancyMax : row.dwellSeconds) !== undefined),
  );
}

/** The highest bar, or the highest point of the line where there are no bars; 0 without either. */
export function mostOf(rows: readonly HistoryRow[], chart: Chart): number {
  return Math.max(0, ...rows.map((row) => values[chart](row)).map(([bar, line]) => bar ?? line ?? 0));
}

/** Columns of a chart with gaps as gaps: a place in time without a row is null, never zero. */
export function historyColumns(rows: readonly HistoryRow[], stepMs: number, chart: Chart): PlotColumns {
  const at: number[] = [];
  const bars: (number | null)[] = [];
  const line: (number | null)[] = [];
  let before: number | undefined;
  for (const row of rows) {
    // One empty column is enough to break the line; days may be an hour longer.
    if (before !== undefined && row.at - before > stepMs * 1.5) {
      at.push((before + stepMs) / 1000);
      bars.push(null);
      line.push(null);
    }
    const [bar, point] = values[chart](row);
    at.push(row.at / 1000);
    bars.push(bar);
    line.push(point);
    before = row.at;
  }
  return [at, bars, line];
}
