import type { CurveAreas } from './class-curves.js';
import type { Confusion } from './confusion.js';
import type { FacesReport } from './evaluate-faces.js';

/**
 * The report as plain text for a terminal.
 *
 * @param areas under each class's curves
 */
export function facesText(report: FacesReport, areas: Readonly<Record<string, CurveAreas>>): string {
  const percent = (value: number | null | undefined): string =>
    value === null || value === undefined ? '-' : `${(100 * value).toFixed(1)} %`;
  const { recall, precision, f1, twoClass } = report;
  return [
    `${report.faces} faces, accuracy ${percent(report.accuracy)}, macro recall ${percent(report.macroRecall)}, ` +
      `macro F1 ${percent(report.macroF1)}, unknown ${percent(report.unknownRate)}`,
    '',
    confusionText(report.confusion),
    '',
    columns([
      ['class', 'recall', 'precision', 'F1', 'ROC area', 'AP'],
      ...Object.keys(recall).map((name) => [
        name,
        percent(recall[name]),
        percent(precision[name]),
        percent(f1[name]),
        areas[name]?.auc?.toFixed(3) ?? '-',
        areas[name]?.ap?.toFixed(3) ?? '-',
      ]),
    ]),
    '',
    `Two classes (incorrect counts as no_mask): accuracy ${percent(twoClass.accuracy)}, macro recall ${percent(twoClass.macroRecall)}`,
    '',
    columns([
      ['long side', 'faces', 'accuracy', 'macro recall'],
      ...report.bySize.map((size) => [
        size.name,
        String(size.faces),
        percent(size.accuracy),
        percent(size.macroRecall),
      ]),
    ]),
    '',
  ].join('\n');
}

/** A confusion matrix, true classes in rows. */
export function confusionText({ classes, counts }: Confusion): string {
  return columns([
    ['true \\ said', ...classes],
    ...counts.map((row, i) => [classes[i] ?? '', ...row.map(String)]),
  ]);
}

/** Rows in aligned columns: the first to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
