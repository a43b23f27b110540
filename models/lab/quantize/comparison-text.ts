import type { WeightsRow } from './compare-weights.js';

/** The heading of the comparison and its rows, cell by cell; figures only where there are some. */
export function comparisonCells(rows: readonly WeightsRow[]): string[][] {
  const measured = rows.some(({ accuracy }) => accuracy !== null);
  const heading = ['weights', 'size', 'of the first'];
  const figures = ['accuracy', 'lost', 'macro recall', 'lost'];
  return [
    measured ? [...heading, ...figures] : heading,
    ...rows.map((row) => {
      const size = [row.name, `${(row.bytes / 1e3).toFixed(1)} kB`, percent(row.share)];
      const { accuracy, accuracyLost, macroRecall, macroRecallLost } = row;
      return measured
        ? [...size, percent(accuracy), points(accuracyLost), percent(macroRecall), points(macroRecallLost)]
        : size;
    }),
  ];
}

/** Cells as a Markdown table. */
export function markdownTable(cells: readonly (readonly string[])[]): string {
  const [heading = [], ...rows] = cells.map((row) => `| ${row.join(' | ')} |`);
  return [heading, `|${(cells[0] ?? []).map(() => '---|').join('')}`, ...rows].join('\n');
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(1)} %`;
}

/** A difference in percentage points. */
function points(value: number | null): string {
  // Without the sum a difference of -0.00 would keep its sign.
  return value === null ? '-' : (Math.round(1e4 * value) / 100 + 0).toFixed(2);
}
