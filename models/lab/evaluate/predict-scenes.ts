import { dirname, join } from 'node:path';
import type { Detector } from '../../detector.js';
import { labelFaces } from '../../label-faces.js';
import type { MaskClassifier } from '../../mask-classifier.js';
import { PictureError, decodePicture } from '../../picture.js';
import { mapAhead } from '../data/map-ahead.js';
import type { LabelledScene } from '../scenes/scene-labels.js';
import type { PredictedFace } from './predictions.js';

/**
 * Finds and labels the faces of scenes with the models of the product, down to the detector's lowest score.
 * @param labels path of the `labels.json`; the pictures lie in `images/` beside it
 * @param note told of a picture that cannot be decoded; it counts as one without faces
 */
export async function predictScenes(
  labels: string,
  scenes: readonly LabelledScene[],
  models: { readonly detector: Detector; readonly classifier: MaskClassifier },
  note: (line: string) => void,
): Promise<Map<string, PredictedFace[]>> {
  const predictions = new Map<string, PredictedFace[]>();
  const decoded = mapAhead(scenes, 4, async ({ file }) => {
    try {
      return { file, image: await decodePicture(join(dirname(labels), 'images', file)) };
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      note(`${file}: ${error.message}`);
      return { file, image: null };
    }
  });
  for await (const { file, image } of decoded) {
    const [faces = []] = image ? await labelFaces(models.detector, models.classifier, [image]) : [];
    predictions.set(
      file,
      faces.map(({ box, score, classification: { label, probabilities } }) => ({
        box,
        score,
        label,
        probabilities: label === 'unknown' ? null : probabilities,
      })),
    );
  }
  return predictions;
}

/** Every `every`-th scene by sorted file name, from the first: how public validations are chosen. */
export function everyNth(scenes: readonly LabelledScene[], every: number): LabelledScene[] {
  return [...scenes].sort((a, b) => (a.file < b.file ? -1 : 1)).filter((_, i) => i % every === 0);
}
