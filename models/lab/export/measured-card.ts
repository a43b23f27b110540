import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../classify/manifest.js';
import { loadClassifier } from '../../classify/weights-classifier.js';
import { readWeights } from '../../classify/read-weights.js';
import { createDetector } from '../../detect/create-detector.js';
import type { Engine } from '../../engine/engine.js';
import type { MaskClassifier } from '../../mask-classifier.js';
import { overlapOf } from '../detector/judge-detector.js';
import { readNotes } from '../detector/write-detector-card.js';
import { reservedEvery } from '../detector/scene-list.js';
import { evaluateScenes } from '../evaluate/evaluate-scenes.js';
import type { SceneRules, ScenesReport } from '../evaluate/evaluate-scenes.js';
import { detectorAlone, everyNth, predictScenes } from '../evaluate/predict-scenes.js';
import type { SceneModels } from '../evaluate/predict-scenes.js';
import { withScaledCrops } from '../evaluate/scaled-crops.js';
import { scenesText } from '../evaluate/scenes-text.js';
import { readSceneLabels } from '../scenes/scene-labels.js';
import type { LabelledScene } from '../scenes/scene-labels.js';
import { timeNetwork } from '../study/time-network.js';
import { limitLines, unknownHeading, unknownLines } from './card.js';

/** What a finished classifier is measured with. */
export interface ClassifierMeasurement {
  /** Weights folder, with the `CARD.md` that its training wrote. */
  readonly folder: string;
  /** Folder with `<set>/labels.json` and `<set>/images/`. */
  readonly scenes: string;
  /** What finds the faces. */
  readonly detector: string;
  /** Told what is under way. */
  readonly say: (line: string) => void;
}

/** Where what training wrote ends. */
const endings = ['\n## Whole scenes kept out of training', '\n## Limits'];

/** How much tighter and wider than found the boxes are drawn, to see what it matters. */
const cropScales = [0.8, 1.25] as const;

/** A rule of which nothing but its limits is known. */
const unfitted = { faces: 0, unknown: 0, accuracy: 0, accuracyOfKnown: 0 };

/**
 * Measures a classifier on whole scenes that no training saw, behind the detector that ships, and its time; writes that into its
 * `CARD.md` after what training wrote there, with `NOTES.md`, what a person has to say, where there is one.
 *
 * @param command what the card names as having measured
 * @returns the card
 */
export async function writeMeasuredCard(
  engine: Engine,
  measurement: ClassifierMeasurement,
  command: string,
): Promise<string> {
  const { folder, detector } = measurement;
  const { manifest } = await readWeights(folder);
  const path = join(folder, 'CARD.md');
  const written = await readFile(path, 'utf8');
  const trained = endings.reduce((text, ending) => text.split(ending)[0] ?? text, written);
  const milliseconds = await timeNetwork(engine, folder, () => performance.now());
  const blocks = await sceneBlocks(engine, measurement, manifest);
  const notes = await readNotes(folder);
  const { minConfidence, reject } = manifest.thresholds;
  const card = [
    trained.trimEnd(),
    '',
    // Weights that were trained before the rule was fitted have it in their manifest only.
    ...(trained.includes(unknownHeading) ? [] : unknownLines({ ...unfitted, minConfidence, reject })),
    '## Whole scenes kept out of training',
    '',
    'No face of these scenes, of their near duplicates or of crops from them was trained on. Faces are found by',
    `\`${detector}\`; a face called \`unknown\` counts as wrong. This part of the card was measured and written by`,
    '',
    '```',
    command,
    '```',
    '',
    ...blocks,
    '## Time',
    '',
    `${milliseconds.toFixed(2)} ms a face in batches of 8, from the crop's bytes to probabilities, as a frozen graph in TensorFlow with oneDNN on`,
    'one thread (median).',
    '',
    ...(notes === '' ? [] : [notes.trim(), '']),
    ...limitLines(manifest),
  ].join('\n');
  await writeFile(path, card);
  return card;
}

async function sceneBlocks(
  engine: Engine,
  measurement: ClassifierMeasurement,
  { name }: Manifest,
): Promise<string[]> {
  const blocks: string[] = [];
  const detector = await createDetector(measurement.detector, engine, { minScore: 0.02 });
  const classifier = await loadClassifier(engine, measurement.folder);
  try {
    for (const [set, every] of Object.entries(reservedEvery)) {
      measurement.say(`${set} …`);
      const labels = join(measurement.scenes, set, 'labels.json');
      const scenes = everyNth(await readSceneLabels(labels), every);
      const models = { detector, classifier };
      const found = await predictScenes(labels, scenes, models, measurement.say);
      const iou = overlapOf[set] ?? 0.5;
      const rules = { score: 0.5, iou };
      const report = evaluateScenes(scenes, found, rules);
      const alone = detectorAlone(found);
      const flags = `--every ${every}${iou === 0.5 ? '' : ` --iou ${iou}`} --classifier ${name}`;
      blocks.push(
        `\`maskwatch evaluate scenes/${set}/labels.json ${flags}\`:`,
        '',
        '```',
        scenesText(report, alone && evaluateScenes(scenes, alone, rules).detection).trim(),
        '```',
        '',
        'The same with `--crop-scale`, faces cut at boxes that are drawn tighter and wider than the detector does:',
        '',
        '| boxes | macro recall | two classes right | unknown | mAP of three classes |',
        '|---|---|---|---|---|',
        scaleRow(1, report),
        ...(await scaleRows(labels, scenes, models, rules, measurement.say)),
        '',
      );
    }
  } finally {
    classifier.close();
    detector.close();
  }
  return blocks;
}

async function scaleRows(
  labels: string,
  scenes: readonly LabelledScene[],
  { detector, classifier }: SceneModels & { readonly classifier: MaskClassifier },
  rules: SceneRules,
  say: (line: string) => void,
): Promise<string[]> {
  const rows: string[] = [];
  for (const scale of cropScales) {
    const models = { detector, classifier: withScaledCrops(classifier, scale) };
    rows.push(
      scaleRow(scale, evaluateScenes(scenes, await predictScenes(labels, scenes, models, say), rules)),
    );
  }
  return rows;
}

function scaleRow(scale: number, { classes }: ScenesReport): string {
  const cells = [
    classes?.matched.macroRecall,
    classes?.twoClassAccuracy,
    classes?.unknownRate,
    classes?.map,
  ].map((x) => x?.toFixed(3) ?? '-');
  return `| x ${scale} | ${cells.join(' | ')} |`;
}
