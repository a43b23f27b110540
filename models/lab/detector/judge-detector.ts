import { join } from 'node:path';
import { loadOwnDetector } from '../../detect/own/own-detector.js';
import type { Engine } from '../../engine/engine.js';
import { decodePicture } from '../../picture.js';
import { evaluateScenes, type ScenesReport } from '../evaluate/evaluate-scenes.js';
import { everyNth } from '../evaluate/predict-scenes.js';
import type { PredictedFace } from '../evaluate/predictions.js';
import { readSceneLabels } from '../scenes/scene-labels.js';
import { reservedEvery } from './scene-list.js';

/** How a detector did on one public validation at one input size. */
export interface DetectorJudgement {
  readonly set: string;
  /** Every n-th scene of the set, by sorted file name. */
  readonly every: number;
  /** Overlap at which a face counts as found; ILC's boxes follow no one convention. */
  readonly iou: number;
  /** Long side of the input in pixels. */
  readonly inputSide: number;
  readonly report: ScenesReport;
}

/** Overlaps by which the sets are judged. */
const overlapOf: Readonly<Record<string, number>> = { voc853: 0.5, ilc: 0.4 };

/**
 * Judges a detector on the scenes that its training left out.
 *
 * @param folder weights folder
 * @param scenes folder with `<set>/labels.json` and `<set>/images/`
 */
export async function judgeDetector(
  engine: Engine,
  folder: string,
  scenes: string,
): Promise<DetectorJudgement[]> {
  const judgements: DetectorJudgement[] = [];
  for (const [set, every] of Object.entries(reservedEvery)) {
    const labelled = everyNth(await readSceneLabels(join(scenes, set, 'labels.json')), every);
    const pictures = await Promise.all(
      labelled.map(({ file }) => decodePicture(join(scenes, set, 'images', file))),
    );
    for (const inputSide of [640, 320]) {
      const detector = await loadOwnDetector(engine, folder, { minScore: 0.02, inputSide });
      const predictions = new Map<string, PredictedFace[]>();
      for (const [at, picture] of pictures.entries()) {
        const [found = []] = await detector.detect([picture]);
        predictions.set(
          labelled[at]?.file ?? '',
          found.map(({ box, score }) => ({ box, score, label: 'unknown', probabilities: null })),
        );
      }
      detector.close();
      const iou = overlapOf[set] ?? 0.5;
      const report = evaluateScenes(labelled, predictions, { score: 0.5, iou });
      judgements.push({ set, every, iou, inputSide, report });
    }
  }
  return judgements;
}
