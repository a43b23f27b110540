import { join } from 'node:path';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { createDetector, hasInputSide } from '../../../models/detect/create-detector.js';
import type { DetectorName } from '../../../models/detect/create-detector.js';
import type { Engine } from '../../../models/engine/engine.js';
import { calibrationText } from '../../../models/lab/evaluate/calibration.js';
import type { Calibration } from '../../../models/lab/evaluate/calibration.js';
import { evaluateScenes } from '../../../models/lab/evaluate/evaluate-scenes.js';
import type {
  DetectionFigures,
  SceneRules,
  ScenesReport,
} from '../../../models/lab/evaluate/evaluate-scenes.js';
import { detectorAlone, everyNth, predictScenes } from '../../../models/lab/evaluate/predict-scenes.js';
import { readPredictions } from '../../../models/lab/evaluate/predictions.js';
import type { PredictedFace } from '../../../models/lab/evaluate/predictions.js';
import { withScaledCrops } from '../../../models/lab/evaluate/scaled-crops.js';
import { scenesText } from '../../../models/lab/evaluate/scenes-text.js';
import { scenesCalibration, writeScenesSheets } from '../../../models/lab/evaluate/write-scenes-sheets.js';
import { readScenes } from '../../../models/lab/scenes/read-scenes.js';
import type { LabelledScene } from '../../../models/lab/scenes/scene-labels.js';
import { exitCodes } from '../exit-codes.js';
import { weightsFolder } from '../weights-folder.js';

/** How scenes are to be judged, and with what. */
export interface SceneEvaluation extends SceneRules {
  readonly detector: DetectorName;
  readonly classifier: string;
  /** Finds faces only. */
  readonly detectorOnly: boolean;
  /** Long sides of the detector's input, judged one after the other; its own where absent. */
  readonly inputSide?: readonly number[];
  /** Factor on the boxes at which faces are cut for the classifier. */
  readonly cropScale: number;
  /** File of predictions to judge instead of running the models. */
  readonly predictions?: string;
  /** Every n-th scene by file name. */
  readonly every: number;
  /** Folder for charts and mistakes; a folder in it for each of the sides, where some are given. */
  readonly sheets?: string;
  readonly json: boolean;
}

interface Judged extends ScenesReport {
  readonly calibration: Calibration;
  /** By the detector's own scores, which no `reject` has lowered; null where nobody tells them. */
  readonly detectorAlone: DetectionFigures | null;
}

interface Input {
  /** Null for the side with which the detector ships, or that nobody knows. */
  readonly inputSide: number | null;
  readonly predictions: ReadonlyMap<string, readonly PredictedFace[]>;
}

/**
 * Judges models, or predictions, on labelled scenes and prints the figures. As JSON one object; where sides of the input are given,
 * `{ inputs: [...] }` with such an object for each and its `inputSide`.
 *
 * @param labels a `labels.json`, or a folder of Pascal VOC files
 * @param loadEngine called only where models are to be run
 * @returns the exit code
 */
export async function judgeScenes(
  labels: string,
  asked: SceneEvaluation,
  loadEngine: () => Promise<Engine>,
  note: (text: string) => void,
): Promise<number> {
  const { inputSide: sides, json, sheets } = asked;
  const rescaled = asked.cropScale !== 1;
  if (asked.predictions !== undefined && (sides !== undefined || asked.detectorOnly || rescaled)) {
    note('--predictions are judged as they are: leave --input-side, --detector-only and --crop-scale out.');
    return exitCodes.usage;
  }
  if (asked.detectorOnly && rescaled) {
    note('--detector-only cuts no faces for a classifier: leave --crop-scale out.');
    return exitCodes.usage;
  }
  if (sides !== undefined && !hasInputSide(asked.detector)) {
    note(`${asked.detector} has an input of one size: leave --input-side out.`);
    return exitCodes.usage;
  }
  const scenes = everyNth(await readScenes(labels, note), asked.every);
  const inputs: { readonly inputSide: number | null; readonly judged: Judged }[] = [];
  for await (const { inputSide, predictions } of predictedBy(labels, scenes, asked, loadEngine, note)) {
    const judged = judge(scenes, predictions, asked);
    inputs.push({ inputSide, judged });
    const folder = sheets !== undefined && inputSide !== null ? join(sheets, String(inputSide)) : sheets;
    if (folder !== undefined) await writeScenesSheets(folder, labels, scenes, predictions, asked);
    if (json) continue;
    if (inputs.length > 1) process.stdout.write('\n');
    if (inputSide !== null) process.stdout.write(`Input of ${inputSide} pixels\n\n`);
    process.stdout.write(`${scenesText(judged, judged.detectorAlone)}\n`);
    if (judged.classes !== null) process.stdout.write(calibrationText(judged.calibration));
  }
  if (!json) return exitCodes.ok;
  const printed =
    sides === undefined
      ? inputs[0]?.judged
      : { inputs: inputs.map(({ inputSide, judged }) => ({ inputSide, ...judged })) };
  process.stdout.write(`${JSON.stringify(printed)}\n`);
  return exitCodes.ok;
}

function judge(
  scenes: readonly LabelledScene[],
  predictions: Input['predictions'],
  rules: SceneRules,
): Judged {
  const alone = detectorAlone(predictions);
  return {
    ...evaluateScenes(scenes, predictions, rules),
    calibration: scenesCalibration(scenes, predictions, rules),
    detectorAlone: alone && evaluateScenes(scenes, alone, rules).detection,
  };
}

/** What is predicted at each side of the input, one after the other. */
async function* predictedBy(
  labels: string,
  scenes: readonly LabelledScene[],
  asked: SceneEvaluation,
  loadEngine: () => Promise<Engine>,
  note: (text: string) => void,
): AsyncGenerator<Input> {
  if (asked.predictions !== undefined) {
    yield { inputSide: null, predictions: await readPredictions(asked.predictions) };
    return;
  }
  const engine = await loadEngine();
  const classifier = asked.detectorOnly
    ? null
    : withScaledCrops(await loadClassifier(engine, weightsFolder(asked.classifier)), asked.cropScale);
  try {
    for (const inputSide of asked.inputSide ?? [null]) {
      // AP needs the faint detections too, not only those above the operating point.
      const options = inputSide === null ? { minScore: 0.02 } : { minScore: 0.02, inputSide };
      const detector = await createDetector(asked.detector, engine, options);
      try {
        yield { inputSide, predictions: await predictScenes(labels, scenes, { detector, classifier }, note) };
      } finally {
        detector.close();
      }
    }
  } finally {
    classifier?.close();
  }
}
