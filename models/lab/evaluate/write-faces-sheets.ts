import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { wornStates } from '../../mask-classifier.js';
import { calibrationOf } from './calibration.js';
import type { Calibration } from './calibration.js';
import { classCurves } from './class-curves.js';
import type { ClassCurves } from './class-curves.js';
import { unitChart } from './curve-chart.js';
import type { JudgedFace } from './evaluate-faces.js';
import { mistakeSheet, worstMistakes } from './mistake-sheet.js';
import { reliabilityChart } from './reliability-chart.js';

/** What stands behind the charts of a labelled folder. */
export interface FacesCurves {
  readonly calibration: Calibration;
  readonly classes: Readonly<Record<string, ClassCurves>>;
}

/** Curves and calibration of what was said of labelled faces; `unknown` is judged by its largest probability. */
export function facesCurves(faces: readonly JudgedFace[]): FacesCurves {
  const answers = faces.map(({ probabilities, truth }) => {
    const best = wornStates.reduce((a, b) => (probabilities[b] > probabilities[a] ? b : a));
    return { confidence: probabilities[best], right: best === truth };
  });
  const classes = wornStates.map((state) => {
    const hits = faces.map(({ probabilities, truth }) => ({
      score: probabilities[state],
      right: truth === state,
    }));
    return [state, classCurves(hits)] as const;
  });
  return { calibration: calibrationOf(answers), classes: Object.fromEntries(classes) };
}

/**
 * Writes `roc.svg`, `precision-recall.svg`, `reliability.svg` and `mistakes.html` into a folder.
 * @param root folder of the pictures that the sheet of mistakes refers to
 */
export async function writeFacesSheets(
  folder: string,
  root: string,
  faces: readonly JudgedFace[],
): Promise<void> {
  const { calibration, classes } = facesCurves(faces);
  const lines = (
    pick: (curves: ClassCurves) => ClassCurves['roc'],
    area: (curves: ClassCurves) => number | null,
  ) =>
    Object.entries(classes).map(([name, curves]) => ({
      name: `${name} ${area(curves)?.toFixed(3) ?? '-'}`,
      points: pick(curves),
    }));
  const roc = lines(
    (c) => c.roc,
    (c) => c.auc,
  );
  const precisionRecall = lines(
    (c) => c.precisionRecall,
    (c) => c.ap,
  );
  const files = {
    'roc.svg': unitChart('ROC, area by class', { x: 'false positive rate', y: 'recall' }, roc, true),
    'precision-recall.svg': unitChart(
      'Precision and recall, AP by class',
      { x: 'recall', y: 'precision' },
      precisionRecall,
      false,
    ),
    'reliability.svg': reliabilityChart(calibration),
    'mistakes.html': mistakeSheet(
      'The surest mistakes',
      worstMistakes(faces, 60),
      (file) => pathToFileURL(resolve(root, file)).href,
    ),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
