import { wornStates } from '../../models/mask-classifier.js';
import type { CountReport } from './count-error.js';

/** The table's columns: a heading and what stands below it. */
const columns: readonly (readonly [string, (report: CountReport) => string])[] = [
  ['clip', ({ clip }) => clip],
  ['people', ({ people }) => String(people)],
  ['counted', ({ counted }) => String(counted)],
  ...wornStates.map(
    (state) =>
      [state, ({ states }: CountReport) => `${states[state].counted} of ${states[state].truth}`] as const,
  ),
  ['unknown', ({ states }) => String(states.unknown.counted)],
  ['state error', ({ stateError }) => String(stateError)],
  ['wrong state', ({ wrongState }) => String(wrongState)],
  ['switches', ({ switches }) => String(switches)],
  ['IDF1', ({ idf1 }) => share(idf1)],
  ['HOTA', ({ hota }) => share(hota)],
  ['DetA', ({ detection }) => share(detection)],
  ['AssA', ({ association }) => share(association)],
];

/** Reports as a Markdown table, one row a clip and one with the sums over all. */
export function countingTable(reports: readonly CountReport[]): string {
  const rows = [columns.map(([name]) => name), columns.map((_, at) => (at === 0 ? '---' : '---:'))];
  for (const report of reports) rows.push(columns.map(([, cell]) => cell(report)));
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The sums over all clips in two sentences. */
export function countingSummary(reports: readonly CountReport[]): string {
  const sum = (value: (report: CountReport) => number): number =>
    reports.reduce((total, report) => total + value(report), 0);
  const people = sum((report) => report.people);
  const counted = sum((report) => report.counted);
  const unknown = sum(({ states }) => states.unknown.counted);
  const off = sum((report) => Math.abs(report.counted - report.people));
  return (
    `${people} people in ${reports.length} clips, ${counted} counted; the counts of the clips are off by ${off} in all. ` +
    `${unknown} of the ${counted} stayed unknown, ${sum(({ wrongState }) => wrongState)} people got a wrong state, ` +
    `and ${sum(({ switches }) => switches)} times a person went on under another identity.`
  );
}

function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}
