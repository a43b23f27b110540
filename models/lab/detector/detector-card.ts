import type { DetectorManifest } from '../../detect/own/detector-manifest.js';
import type { DetectorFigures, KindRecall, SceneFigures } from './detector-figures.js';

/** What a detector's card tells besides its manifest. */
export interface DetectorCardFacts {
  readonly manifest: DetectorManifest;
  /** Ours first, then those it is measured against. */
  readonly figures: readonly DetectorFigures[];
  /** What was tried and what limits it, as Markdown written by hand; may be empty. */
  readonly notes: string;
  /** The command that measured and wrote the card. */
  readonly command: string;
}

/** Writes the card of a detector as Markdown; every figure comes from the command that it names. */
export function detectorCard({ manifest, figures, notes, command }: DetectorCardFacts): string {
  const kinds = (own: SceneFigures, of: (scene: SceneFigures) => Readonly<Record<string, KindRecall>>) =>
    Object.keys(of(own));
  const [first] = figures[0]?.scenes ?? [];
  const sizes = first === undefined ? [] : kinds(first, ({ bySize }) => bySize);
  const labels = first === undefined ? [] : kinds(first, ({ byLabel }) => byLabel);
  const rows = (figures[0]?.scenes ?? []).flatMap((_own, at) =>
    figures.flatMap(({ name, scenes }) => {
      const scene = scenes[at];
      if (scene === undefined) return [];
      return [
        [
          `${scene.set}, every ${scene.every}th (${scene.scenes}), IoU ${scene.iou}`,
          String(scene.inputSide),
          name,
          scene.ap.toFixed(3),
          scene.recall.toFixed(3),
          scene.score.toFixed(2),
          ...sizes.map((size) => recall(scene.bySize[size])),
          ...labels.map((label) => recall(scene.byLabel[label])),
        ],
      ];
    }),
  );
  const times = (figures[0]?.times ?? []).flatMap(({ width, height }, at) =>
    figures.map(({ name, times: own }) => [
      `${width}x${height}`,
      name,
      own[at]?.milliseconds.toFixed(2) ?? '-',
    ]),
  );
  return [
    `# ${manifest.name}`,
    '',
    `Face detector, architecture \`${manifest.architecture}\`, ${manifest.parameters.toLocaleString('en')} parameters, numbers stored as float16. ` +
      `Long side of the input ${manifest.inputSide}; strides ${manifest.strides.join(', ')}; a face counts from score ${manifest.minScore}.`,
    '',
    `Trained at ${manifest.created.at} by`,
    '',
    '```',
    manifest.created.command,
    '```',
    '',
    'The figures below were measured, and this card was written, by',
    '',
    '```',
    command,
    '```',
    '',
    '## Data',
    '',
    ...manifest.data.map((line) => `* ${line}`),
    '',
    '## Scenes that the training left out',
    '',
    'AP is all-point. The recalls, by short side of the box in pixels of the scene and by label, are at the score that leaves one',
    'false positive in two scenes.',
    '',
    table(['scenes', 'input', 'detector', 'AP', 'recall at 0.5 FP', 'score', ...sizes, ...labels], rows),
    '',
    'The number of labelled faces of each kind is in brackets.',
    '',
    '## Time',
    '',
    'Median milliseconds a picture from raw bytes to output maps, as frozen graphs in TensorFlow with oneDNN on one thread, one',
    'picture at a time, the detectors in turns.',
    '',
    table(['input', 'detector', 'ms'], times),
    '',
    ...(notes === '' ? [] : [notes.trim(), '']),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function recall(part: KindRecall | undefined): string {
  return part?.recall === null || part === undefined ? '-' : `${part.recall.toFixed(3)} (${part.boxes})`;
}
