import { join } from 'node:path';
import type { Detector } from '../../detector.js';
import { decodePicture } from '../../picture.js';
import { evaluateScenes } from '../evaluate/evaluate-scenes.js';
import { everyNth } from '../evaluate/predict-scenes.js';
import type { PredictedFace } from '../evaluate/predictions.js';
import { readSceneLabels } from '../scenes/scene-labels.js';
import type { SceneFigures } from './detector-figures.js';
import { reservedEvery } from './scene-list.js';

/** Overlaps by which the sets are judged; ILC's boxes follow no one convention. */
export const overlapOf: Readonly<Record<string, number>> = { voc853: 0.5, ilc: 0.4 };

/** Long sides of the input at which detectors are judged. */
export const judgedSides = [640, 320] as const;

/**
 * Judges a detector on the scenes that training leaves out.
 *
 * @param make a detector for a long side of the input, with all its faint detections; closed here
 * @param scenes folder with `<set>/labels.json` and `<set>/images/`
 */
export async function judgeDetector(
  make: (inputSide: number) => Promise<Detector>,
  scenes: string,
): Promise<SceneFigures[]> {
  const figures: SceneFigures[] = [];
  for (const [set, every] of Object.entries(reservedEvery)) {
    const labelled = everyNth(await readSceneLabels(join(scenes, set, 'labels.json')), every);
    const pictures = await Promise.all(
      labelled.map(({ file }) => decodePicture(join(scenes, set, 'images', file))),
    );
    for (const inputSide of judgedSides) {
      const detector = await make(inputSide);
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
      const { ap, recallAtFalsePerPicture } = evaluateScenes(labelled, predictions, {
        score: 0.5,
        iou,
      }).detection;
      const limit = recallAtFalsePerPicture['0.5'];
      const score = limit?.score ?? 0.5;
      const { detection } = evaluateScenes(labelled, predictions, { score, iou });
      figures.push({
        set,
        every,
        scenes: labelled.length,
        iou,
        inputSide,
        ap: ap ?? 0,
        score,
        recall: limit?.recall ?? 0,
        bySize: detection.recallBySize,
        byLabel: detection.recallByClass,
      });
    }
  }
  return figures;
}
