import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wornStates } from '../../mask-classifier.js';
import type { LabelledScene } from '../scenes/scene-labels.js';
import { averagePrecision, rankCurve } from './average-precision.js';
import type { Hit } from './average-precision.js';
import { calibrationOf } from './calibration.js';
import type { Calibration } from './calibration.js';
import type { ChartLine } from './curve-chart.js';
import { unitChart } from './curve-chart.js';
import { classHits, detectionHits } from './evaluate-scenes.js';
import type { FacesIn, SceneRules } from './evaluate-scenes.js';
import { matchBoxes } from './match-boxes.js';
import { assignPredictions } from './predictions.js';
import type { PredictedFace } from './predictions.js';
import { reliabilityChart } from './reliability-chart.js';
import { sceneMistakes, sceneMistakeSheet } from './scene-mistakes.js';

/** How far the sureness about states can be believed, over the faces found; `unknown` ones are left out. */
export function scenesCalibration(
  scenes: readonly LabelledScene[],
  predictions: ReadonlyMap<string, readonly PredictedFace[]>,
  { iou, score: least }: SceneRules,
): Calibration {
  const facesIn = facesOf(scenes, predictions);
  const answers = scenes.flatMap((scene) => {
    const sure = facesIn(scene).filter(({ score }) => score >= least);
    return matchBoxes(scene.boxes, sure, iou, ({ score }) => score).flatMap(({ face, truth }) =>
      truth && face.label !== 'unknown' && face.probabilities
        ? [{ confidence: face.probabilities[face.label], right: face.label === truth.label }]
        : [],
    );
  });
  return calibrationOf(answers);
}

/**
 * Writes `precision-recall.svg`, `recall-at-false.svg`, `reliability.svg` and `mistakes.html` into a folder.
 *
 * @param labels where the labels were read; the pictures lie in `images/` beside it
 */
export async function writeScenesSheets(
  folder: string,
  labels: string,
  scenes: readonly LabelledScene[],
  predictions: ReadonlyMap<string, readonly PredictedFace[]>,
  rules: SceneRules,
): Promise<void> {
  const facesIn = facesOf(scenes, predictions);
  const found = detectionHits(scenes, facesIn, rules.iou);
  const boxes = scenes.reduce((sum, scene) => sum + scene.boxes.length, 0);
  const byClass = wornStates.map((state) => {
    const { hits, positives } = classHits(scenes, facesIn, rules.iou, state);
    return precisionLine(state, hits, positives);
  });
  const falseLine = rankCurve(found)
    .filter(({ wrong }) => wrong <= scenes.length)
    .map(({ right, wrong }) => ({ x: wrong / scenes.length, y: right / Math.max(1, boxes) }));
  const files = {
    'precision-recall.svg': unitChart(
      'Precision and recall, AP of faces and by class',
      { x: 'recall', y: 'precision' },
      [precisionLine('faces', found, boxes), ...byClass],
      false,
    ),
    'recall-at-false.svg': unitChart(
      'Faces found',
      { x: 'false positives a picture', y: 'recall' },
      [{ name: 'faces', points: falseLine }],
      false,
    ),
    'reliability.svg': reliabilityChart(scenesCalibration(scenes, predictions, rules)),
    'mistakes.html': sceneMistakeSheet(
      'The worst mistakes',
      sceneMistakes(scenes, facesIn, rules),
      40,
      (file) => pathToFileURL(resolve(dirname(labels), 'images', file)).href,
    ),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

function facesOf(
  scenes: readonly LabelledScene[],
  predictions: ReadonlyMap<string, readonly PredictedFace[]>,
): FacesIn {
  const names = scenes.map(({ file }) => file);
  const { faces } = assignPredictions(names, predictions);
  return ({ file }) => faces.get(file) ?? [];
}

function precisionLine(name: string, hits: readonly Hit[], positives: number): ChartLine {
  return {
    name: `${name} ${averagePrecision(hits, positives)?.toFixed(3) ?? '-'}`,
    points: rankCurve(hits).map(({ right, wrong }) => ({
      x: right / Math.max(1, positives),
      y: right / (right + wrong),
    })),
  };
}
