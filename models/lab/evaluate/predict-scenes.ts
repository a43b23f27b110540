import { dirname, join } from 'node:path';
import type { Detector } from '../../detector.js';
import type { RgbImage } from '../../image.js';
import { labelFaces } from '../../label-faces.js';
import type { MaskClassifier } from '../../mask-classifier.js';
import { PictureError, decodePicture } from '../../picture.js';
import { mapAhead } from '../data/map-ahead.js';
import type { LabelledScene } from '../scenes/scene-labels.js';
import type { PredictedFace } from './predictions.js';

/** What finds the faces of scenes, and what tells whether they wear masks. */
export interface SceneModels {
  readonly detector: Detector;
  readonly classifier: MaskClassifier | null;
}

/**
 * Finds and labels the faces of scenes with the models of the product, down to the detector's lowest score.
 * @param labels path of the `labels.json`; the pictures lie in `images/` beside it
 * @param models without a classifier every face is `unknown`
 * @param note told of a picture that cannot be decoded; it counts as one without faces
 */
export async function predictScenes(
  labels: string,
  scenes: readonly LabelledScene[],
  models: SceneModels,
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
    predictions.set(file, image ? await predictFaces(image, models) : []);
  }
  return predictions;
}

async function predictFaces(
  image: RgbImage,
  { detector, classifier }: SceneModels,
): Promise<PredictedFace[]> {
  if (classifier === null) {
    const [found = []] = await detector.detect([image]);
    return found.map(({ box, score }) => ({ box, score, label: 'unknown', probabilities: null }));
  }
  const [faces = []] = await labelFaces(detector, classifier, [image]);
  return faces.map(({ box, score, detectorScore, classification: { label, probabilities } }) => ({
    box,
    score,
    detectorScore,
    label,
    probabilities: label === 'unknown' ? null : probabilities,
  }));
}

/**
 * The same faces as the detector alone ranks them: by its own scores, with no word of masks. Null where the predictions do not tell
 * those.
 */
export function detectorAlone(
  predictions: ReadonlyMap<string, readonly PredictedFace[]>,
): Map<string, PredictedFace[]> | null {
  const alone = new Map<string, PredictedFace[]>();
  let told = false;
  for (const [file, faces] of predictions) {
    const own: PredictedFace[] = [];
    for (const { box, detectorScore } of faces) {
      if (detectorScore === undefined) return null;
      told = true;
      own.push({ box, score: detectorScore, label: 'unknown', probabilities: null });
    }
    alone.set(file, own);
  }
  return told ? alone : null;
}

/** Every `every`-th scene by sorted file name, from the first: how public validations are chosen. */
export function everyNth(scenes: readonly LabelledScene[], every: number): LabelledScene[] {
  return [...scenes].sort((a, b) => (a.file < b.file ? -1 : 1)).filter((_, i) => i % every === 0);
}
