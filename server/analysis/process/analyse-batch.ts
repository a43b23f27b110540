import { monotonicMs } from '../../../streams/clock.js';
import type { Detector } from '../../../models/detector.js';
import type { RgbImage } from '../../../models/image.js';
import type { MaskClassifier } from '../../../models/mask-classifier.js';
import type { LabelledFace } from '../../track/people.js';

/** What one pass of the models found. */
export interface BatchResult {
  /** One list a frame, in the order given; boxes in pixels of that frame. */
  readonly faces: readonly (readonly LabelledFace[])[];
  /** How long the whole batch took in each model, in milliseconds: every frame of it waited that long. */
  readonly detectMs: number;
  readonly classifyMs: number;
}

/**
 * Faces of all frames, then the labels of all faces in one batch.
 *
 * @throws whatever the models throw
 */
export async function analyseBatch(
  frames: readonly RgbImage[],
  detector: Detector,
  classifier: MaskClassifier,
): Promise<BatchResult> {
  const startMs = monotonicMs();
  const detections = await detector.detect(frames);
  const detectedMs = monotonicMs();
  const crops = frames.flatMap((image, n) => (detections[n] ?? []).map(({ box }) => ({ image, box })));
  const labels = crops.length === 0 ? [] : await classifier.classify(crops);
  const classifyMs = monotonicMs() - detectedMs;

  let next = 0;
  const faces = frames.map((_, n) =>
    (detections[n] ?? []).map((detection) => {
      const classification = labels[next++];
      if (classification === undefined) throw new Error(`${labels.length} labels for ${crops.length} faces`);
      return { ...detection, classification };
    }),
  );
  return { faces, detectMs: detectedMs - startMs, classifyMs };
}
