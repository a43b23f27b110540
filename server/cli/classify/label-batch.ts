import type { Detector } from '../../../models/detector.js';
import type { RgbImage } from '../../../models/image.js';
import { labelFacePictures, labelFaces } from '../../../models/label-faces.js';
import type { MaskClassifier } from '../../../models/mask-classifier.js';
import type { InputError } from './input-error.js';
import { resultFace } from './result-line.js';
import type { ResultLine, ResultPicture } from './result-line.js';

/** What labels faces; without a detector every picture is taken to be a face. */
export interface FaceModels {
  readonly detector?: Detector;
  readonly classifier: MaskClassifier;
}

/** A picture on its way to the models, or why there is none. */
export type Decoded = { readonly file: string; readonly frame?: number } & (
  { readonly image: RgbImage } | { readonly error: Pick<InputError, 'code' | 'message'> }
);

/**
 * Labels the faces of some pictures together.
 *
 * @param look shown each picture with its result before the lines are given
 * @returns a line a picture, in order
 */
export async function labelBatch(
  batch: readonly Decoded[],
  models: FaceModels,
  look: (result: ResultPicture, image: RgbImage) => Promise<unknown>,
): Promise<ResultLine[]> {
  const images = batch.flatMap((entry) => ('image' in entry ? [entry.image] : []));
  const labelled = (await labelImages(images, models)).values();
  const lines: ResultLine[] = [];
  for (const entry of batch) {
    const { file, frame } = entry;
    if ('error' in entry) {
      const { code, message } = entry.error;
      lines.push({ file, error: { code, message } });
      continue;
    }
    const { width, height } = entry.image;
    const faces = (labelled.next().value ?? []).map(resultFace);
    const result = { file, ...(frame === undefined ? {} : { frame }), width, height, faces };
    await look(result, entry.image);
    lines.push(result);
  }
  return lines;
}

function labelImages(
  images: readonly RgbImage[],
  { detector, classifier }: FaceModels,
): ReturnType<typeof labelFaces> {
  if (images.length === 0) return Promise.resolve([]);
  return detector === undefined
    ? labelFacePictures(classifier, images)
    : labelFaces(detector, classifier, images);
}
