import type { DetectorManifest } from '../../detect/own/detector-manifest.js';
import type { PartRecall } from '../evaluate/evaluate-scenes.js';
import type { DetectorJudgement } from './judge-detector.js';

/** What a detector's card tells besides its manifest. */
export interface DetectorCardFacts {
  readonly manifest: DetectorManifest;
  readonly judgements: readonly DetectorJudgement[];
  /** Where the training began, one sentence. */
  readonly origin: string;
}

/** Writes the card of a detector as Markdown; every figure comes from the command that it names. */
export function detectorCard({ manifest, judgements, origin }: DetectorCardFacts): string {
  const rows = judgements.map(({ set, every, iou, inputSide, report: { detection, pictures } }) => [
    `${set}, every ${every}th (${pictures} scenes), IoU ${iou}`,
    String(inputSide),
    fixed(detection.ap),
    fixed(detection.recallAtFalsePerPicture['0.5']?.recall ?? null),
    ...['<16', '16-32', '>=32'].map((size) => recall(detection.recallBySize[size])),
    ...['mask', 'no_mask', 'incorrect'].map((label) => recall(detection.recallByClass[label])),
    fixed(detection.falsePerPicture),
  ]);
  return [
    `# ${manifest.name}`,
    '',
    `Face detector, architecture \`${manifest.architecture}\`, ${manifest.parameters.toLocaleString('en')} parameters, numbers stored as float16. ` +
      `Long side of the input ${manifest.inputSide}; strides ${manifest.strides.join(', ')}; a face counts from score ${manifest.minScore}.`,
    '',
    `Made at ${manifest.created.at} by the command below, which prints these figures again when it is run on its finished checkpoint.`,
    '',
    '```',
    manifest.created.command,
    '```',
    '',
    '## Data',
    '',
    ...manifest.data.map((line) => `* ${line}`),
    `* ${origin}`,
    '',
    '## Scenes that the training left out',
    '',
    'AP is all-point; the recalls by size (of the box, in pixels of the scene) and by label are at score 0.5, with the false',
    'positives a scene of the last column.',
    '',
    table(
      [
        'scenes',
        'input',
        'AP',
        'recall at 0.5 FP',
        '<16',
        '16-32',
        '>=32',
        'mask',
        'no_mask',
        'incorrect',
        'FP at 0.5',
      ],
      rows,
    ),
    '',
    '## Limits',
    '',
    '* Faces under about 8 px of the input, and faces turned away by more than a profile, are mostly missed.',
    '* Bare faces are found less surely than masked ones of the same size: the training scenes hold fewer of them.',
    '* The photographs come from public collections that do not represent all people, masks, cameras and light.',
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function fixed(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

function recall(part: PartRecall | undefined): string {
  return part?.recall === null || part === undefined ? '-' : `${part.recall.toFixed(3)} (${part.boxes})`;
}
