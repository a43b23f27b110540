import type { Manifest } from '../../classify/manifest.js';
import type { Confusion, ConfusionFigures } from '../evaluate/confusion.js';
import type { FoundJudgement, NamedJudgement, TestResult } from '../train/test-result.js';
import type { UnknownRule } from '../train/unknown-rule.js';

/** What a card tells besides the manifest. */
export interface CardFacts {
  readonly manifest: Manifest;
  /** Faces of each label in each part. */
  readonly parts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** How the data was chosen and grouped, one sentence a line. */
  readonly dataNotes: readonly string[];
  readonly test: TestResult;
  readonly rule: UnknownRule;
  readonly bytes: number;
}

/** Above what a card says of when the answer is `unknown`. */
export const unknownHeading = '## When it says `unknown`';

/** Writes the model card as Markdown; every figure in it comes from the run that made the weights. */
export function cardMarkdown({ manifest, parts, dataNotes, test, rule, bytes }: CardFacts): string {
  const lines = [
    ...headLines(manifest, bytes),
    ...dataNotes.map((line) => `* ${line}`),
    '',
    partsTable(parts),
    '',
    '## Held-out test part',
    '',
    'Chosen by scene or person before training; no setting was chosen by it.',
    '',
    ...(test.all.confusion.counts.length > 3
      ? ['All outputs, `reject` (no usable face) among them:', '', confusionTable(test.all.confusion), '']
      : []),
    ...wornLines(test.worn),
    ...foundLines(test.found),
    rowsTable('long side of the face', test.bySize),
    '',
    rowsTable('source', test.bySource),
    '',
    ...unknownLines(rule),
    ...limitLines(manifest),
  ];
  return lines.join('\n');
}

/** Figures of faces, with the counts that they follow from. */
export interface WornFigures extends ConfusionFigures {
  readonly confusion: Confusion;
}

/** The beginning of every classifier's card, up to its sources. @param bytes of `weights.bin` */
export function headLines(manifest: Manifest, bytes: number): string[] {
  return [
    `# ${manifest.name}`,
    '',
    `Architecture \`${manifest.architecture}\`, ${count(manifest.parameters)} parameters, ${(bytes / 1e6).toFixed(2)} MB as float16; ` +
      `input ${manifest.inputSize}x${manifest.inputSize} RGB; outputs ${manifest.classes.join(', ')}.`,
    '',
    `Made at ${manifest.created.at} by`,
    '',
    '```',
    manifest.created.command,
    '```',
    '',
    'The figures below are printed by that command; its checkpoint, curves and split lie in the folder of `--out`.',
    '',
    '## Data',
    '',
    ...manifest.data.map((line) => `* ${line}`),
  ];
}

/** What a card says of the held-out faces, by the largest of the worn states. */
export function wornLines(worn: WornFigures): string[] {
  return [
    'Faces, by the largest of the worn states:',
    '',
    confusionTable(worn.confusion),
    '',
    figuresTable(worn),
    '',
    `Macro recall ${percent(worn.macroRecall)}, macro F1 ${percent(worn.macroF1)}, accuracy ${percent(worn.accuracy)} ` +
      '(the classes are unbalanced: read the recall of each first).',
    '',
  ];
}

/** What a card says of when the answer is `unknown`. */
export function unknownLines(rule: UnknownRule): string[] {
  return [unknownHeading, '', ...ruleLines(rule), ''];
}

/** The end of every classifier's card. */
export function limitLines({ thresholds }: Pick<Manifest, 'thresholds'>): string[] {
  return [
    '## Limits',
    '',
    '* One face says little of how a person wears a mask: let the votes of a track decide.',
    `* Below ${thresholds.minFaceSide} px, or below a confidence of ${thresholds.minConfidence}, the answer is \`unknown\`.`,
    '* Some sources label a mask under the nose as `mask`; `incorrect` has the fewest examples and the weakest figures.',
    '* The photographs come from public collections that do not represent all people, masks, cameras and light.',
    '',
  ];
}

function foundLines({ judged, twoClassAccuracy, calibrationError }: FoundJudgement): string[] {
  if (judged.faces === 0) return [];
  return [
    'Faces of scenes that the detector found, at its boxes:',
    '',
    confusionTable(judged.confusion),
    '',
    figuresTable(judged),
    '',
    `Macro recall ${percent(judged.macroRecall)}, two classes right ${percent(twoClassAccuracy)}, calibration error ` +
      `${calibrationError?.toFixed(3) ?? '-'}.`,
    '',
  ];
}

function ruleLines(rule: UnknownRule): string[] {
  const { minConfidence, reject, faces, unknown, accuracy, accuracyOfKnown } = rule;
  const told = `the largest worn state, renormalised, has less than ${minConfidence}`;
  const when = reject < 1 ? `\`reject\` has more than ${reject}, or ${told}` : told;
  if (faces === 0) return [`Where ${when}; that was not fitted on validation data.`];
  return [
    `Where ${when}. Fitted on the ${count(faces)} faces of the validation part: the highest confidence that leaves at most 2 % of`,
    `them unanswered, the lowest limit of \`reject\` that turns away at most 1 %. There ${percent(unknown)} are \`unknown\`, and`,
    `${percent(accuracyOfKnown)} of the others are right, where ${percent(accuracy)} of all would be.`,
  ];
}

function partsTable(parts: CardFacts['parts']): string {
  const labels = [...new Set(Object.values(parts).flatMap((row) => Object.keys(row)))];
  return [
    `| part | ${labels.join(' | ')} |`,
    `|---|${labels.map(() => '---|').join('')}`,
    ...Object.entries(parts).map(
      ([part, row]) => `| ${part} | ${labels.map((label) => count(row[label] ?? 0)).join(' | ')} |`,
    ),
  ].join('\n');
}

/** A confusion matrix as a Markdown table. */
export function confusionTable({ classes, counts }: Confusion): string {
  return [
    `| true \\ predicted | ${classes.join(' | ')} |`,
    `|---|${classes.map(() => '---|').join('')}`,
    ...counts.map((row, i) => `| ${classes[i] ?? ''} | ${row.join(' | ')} |`),
  ].join('\n');
}

function rowsTable(heading: string, rows: readonly NamedJudgement[]): string {
  return [
    `| ${heading} | faces | accuracy | recall mask | no_mask | incorrect | macro recall |`,
    '|---|---|---|---|---|---|---|',
    ...rows.map(({ name, judged: { faces, accuracy, recall, macroRecall } }) => {
      const cells = [accuracy, recall.mask, recall.no_mask, recall.incorrect, macroRecall].map(percent);
      return `| ${name} | ${faces} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function figuresTable(test: ConfusionFigures): string {
  return [
    '| class | recall | precision | F1 |',
    '|---|---|---|---|',
    ...Object.keys(test.recall).map(
      (name) =>
        `| ${name} | ${percent(test.recall[name])} | ${percent(test.precision[name])} | ${percent(test.f1[name])} |`,
    ),
  ].join('\n');
}

/** `93.4 %`, or `-` where there is no figure. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : `${(100 * value).toFixed(1)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
