import { type MaskLabel, wornStates } from '../../models/mask-classifier.js';
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
  ['share unknown', ({ unknownShare }) => percent(unknownShare)],
  ['state error', ({ stateError }) => String(stateError)],
  ['wrong state', ({ wrongState }) => String(wrongState)],
  ['switches', ({ switches }) => String(switches)],
  ['IDF1', ({ idf1 }) => share(idf1)],
  ['HOTA', ({ hota }) => share(hota)],
  ['DetA', ({ detection }) => share(detection)],
  ['AssA', ({ association }) => share(association)],
];

/** Reports as a Markdown table, one row a clip and, where there are several, one with the sums over all. */
export function countingTable(reports: readonly CountReport[]): string {
  const rows = [columns.map(([name]) => name), columns.map((_, at) => (at === 0 ? '---' : '---:'))];
  const all = reports.length > 1 ? [...reports, sumOf(reports)] : reports;
  for (const report of all) rows.push(columns.map(([, cell]) => cell(report)));
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The sums over all clips in two sentences. */
export function countingSummary(reports: readonly CountReport[]): string {
  const { people, counted, states, unknownShare, wrongState, switches } = sumOf(reports);
  const off = reports.reduce((total, report) => total + Math.abs(report.counted - report.people), 0);
  const share = unknownShare === null ? '' : ` (${percent(unknownShare)})`;
  return (
    `${people} people in ${reports.length} clips, ${counted} counted; the counts of the clips are off by ${off} in all. ` +
    `${states.unknown.counted} of the ${counted} stayed unknown${share}, ${wrongState} people got a wrong state, ` +
    `and ${switches} times a person went on under another identity.`
  );
}

/** What can be summed over clips, and the share that follows from it; the scores of tracking cannot. */
function sumOf(reports: readonly CountReport[]): CountReport {
  const sum = (value: (report: CountReport) => number): number =>
    reports.reduce((total, report) => total + value(report), 0);
  const tally = (state: MaskLabel) => ({
    truth: sum(({ states }) => states[state].truth),
    counted: sum(({ states }) => states[state].counted),
  });
  const counted = sum((report) => report.counted);
  const unknown = tally('unknown');
  return {
    clip: 'all',
    people: sum((report) => report.people),
    counted,
    states: { mask: tally('mask'), no_mask: tally('no_mask'), incorrect: tally('incorrect'), unknown },
    stateError: sum((report) => report.stateError),
    wrongState: sum((report) => report.wrongState),
    unknownShare: counted === 0 ? null : unknown.counted / counted,
    switches: sum((report) => report.switches),
    ...{ idf1: null, hota: null, detection: null, association: null },
  };
}

/** `13 %`, as in the prose around the tables. */
function percent(part: number | null): string {
  return part === null ? '-' : `${(part * 100).toFixed(0)} %`;
}

function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}
