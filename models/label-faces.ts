import type { Detector } from './detector.js';
import type { Box, RgbImage } from './image.js';
import type { Classification, MaskClassifier } from './mask-classifier.js';

/** A face with what is on it. */
export interface LabelledFace {
  /** In pixels of its picture. */
  readonly box: Box;
  /** 0..1: the detector's score times the classifier's belief that this is a face. */
  readonly score: number;
  /** The detector's score alone, 0..1; 1 where the picture itself is the face. */
  readonly detectorScore: number;
  readonly classification: Classification;
}

/**
 * Finds the faces of pictures and tells what is on them; the faces of all pictures go through the classifier together.
 *
 * @returns one list a picture, in the order given, best score first
 */
export async function labelFaces(
  detector: Detector,
  classifier: MaskClassifier,
  images: readonly RgbImage[],
): Promise<LabelledFace[][]> {
  const found = await detector.detect(images);
  const crops = images.flatMap((image, i) => (found[i] ?? []).map(({ box }) => ({ image, box })));
  const classifications = (await classifier.classify(crops)).values();
  return found.map((detections) =>
    detections
      .map(({ box, score }) => {
        const classification = nextOf(classifications);
        return { box, score: score * (1 - classification.reject), detectorScore: score, classification };
      })
      .sort((a, b) => b.score - a.score),
  );
}

/** Labels pictures each of which is a face crop: one face a picture, as large as the picture, score 1. */
export async function labelFacePictures(
  classifier: MaskClassifier,
  images: readonly RgbImage[],
): Promise<LabelledFace[][]> {
  const classifications = await classifier.classify(images.map((image) => ({ image })));
  return classifications.map((classification, i) => {
    const { width = 0, height = 0 } = images[i] ?? {};
    const box = { x: 0, y: 0, width, height };
    return [{ box, score: 1 - classification.reject, detectorScore: 1, classification }];
  });
}

function nextOf(classifications: Iterator<Classification>): Classification {
  const next = classifications.next();
  if (next.done === true) throw new RangeError('The classifier answered for fewer faces than it was given');
  return next.value;
}
