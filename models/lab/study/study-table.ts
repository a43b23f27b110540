import { markdownTable } from '../quantize/comparison-text.js';
import type { Setting, Study } from './study-file.js';
import type { RowFigures, StudyResults } from './study-results.js';
import type { StudyRow } from './study-rows.js';

/** What a study's page shows. */
export interface StudyPage {
  readonly study: Study;
  readonly rows: readonly StudyRow[];
  readonly results: StudyResults;
  readonly failed: ReadonlyMap<string, string>;
  /** The command line that regenerates the page. */
  readonly command: string;
}

interface Column {
  readonly title: string;
  /** The setting that says the same; where rows differ in it, it is a column already. */
  readonly axis?: string;
  readonly cell: (figures: RowFigures) => string;
}

const allColumns: readonly Column[] = [
  { title: 'input', axis: 'size', cell: ({ inputSize }) => `${inputSize} px` },
  { title: 'parameters', cell: ({ parameters }) => parameters.toLocaleString('en-US') },
  { title: 'epochs', axis: 'epochs', cell: ({ epochs }) => String(epochs) },
  { title: 'validation accuracy', cell: ({ validationAccuracy }) => percent(validationAccuracy) },
  { title: 'test accuracy', cell: ({ testAccuracy }) => percent(testAccuracy) },
  { title: 'test macro recall', cell: ({ testMacroRecall }) => percent(testMacroRecall) },
  { title: 'training, s an epoch', cell: ({ epochSeconds }) => epochSeconds.toFixed(1) },
  { title: 'inference, ms a face', cell: ({ faceMs }) => faceMs.toFixed(3) },
  { title: 'memory, MB', cell: ({ peakMegabytes }) => peakMegabytes.toFixed(0) },
];

/** Writes a study as Markdown: what was asked, one table, and the command that makes it. */
export function studyPage({ study, rows, results, failed, command }: StudyPage): string {
  const axes = [...new Set(rows.flatMap(({ varied }) => Object.keys(varied)))];
  const columns = allColumns.filter(({ axis }) => axis === undefined || !axes.includes(axis));
  const isPublished = rows.some(({ published }) => published !== undefined);
  const cells = rows.map(({ key, varied, settings, published }) => {
    const own = axes.map((axis) => settingText(varied[axis] ?? settings[axis]));
    const figures = results[key];
    const missing = failed.has(key) ? `failed: ${failed.get(key) ?? ''}` : 'not run yet';
    return [
      ...own,
      ...columns.map(({ cell }, i) => (figures ? cell(figures) : i === 0 ? missing : '')),
      ...(isPublished ? [published ?? ''] : []),
    ];
  });
  const done = rows.flatMap(({ key }) => results[key] ?? []);
  return [
    `# ${study.title}`,
    '',
    ...(study.about.trim() === '' ? [] : [study.about.trim(), '']),
    markdownTable([
      [...axes, ...columns.map(({ title }) => title), ...(isPublished ? ['published elsewhere'] : [])],
      ...cells,
    ]),
    '',
    ...noteLines(done, rows.length),
    '',
    'Made by',
    '',
    '```',
    command,
    '```',
    '',
  ].join('\n');
}

function noteLines(done: readonly RowFigures[], all: number): string[] {
  const faces = ({ faces: { train, validation, test } }: RowFigures): string =>
    `${train} faces to train on, ${validation} to validate, ${test} to test`;
  return [
    `* ${done.length} of ${all} rows done.`,
    ...unique(done.map(faces)).map((line) => `* ${line}; split by scene and person.`),
    ...unique(done.map(({ machine }) => machine)).map((machine) => `* Measured on ${machine}.`),
    ...busyLines(done),
    '* Validation accuracy is that of the best epoch. Training time is the median of the epochs, validation left out. Inference is ' +
      'the median over batches of 8, from bytes to probabilities. Memory is the most that the training process held.',
  ];
}

/** Warns of times that other programs have stretched. */
function busyLines(done: readonly RowFigures[]): string[] {
  const most = Math.max(0, ...done.map(({ load }) => load));
  if (most < 2) return [];
  return [
    `* Other programs kept the machine busy (up to ${most.toFixed(0)} processes a core): training took longer than it would alone; ` +
      'compare the times with each other only, and roughly.',
  ];
}

function settingText(value: Setting | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(1)} %`;
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
