import { monotonicMs } from '../../../streams/clock.js';
import type { Detector } from '../../../models/detector.js';
import type { RgbImage } from '../../../models/image.js';
import type { MaskClassifier } from '../../../models/mask-classifier.js';
import type { LabelledFace } from '../../track/people.js';

/** What one pass of the models found. */
export interface BatchResult {
  /** One list a frame, in the order given; boxes in pixels of that frame. */
  readonly faces: readonly (readonly LabelledFace[])[];
  /** Frames that the models failed on, by their place in that order, with the reason; absent where there are none. */
  readonly failures?: ReadonlyMap<number, string>;
  /** How long the whole batch took in each model, in milliseconds: every frame of it waited that long. */
  readonly detectMs: number;
  readonly classifyMs: number;
}

/**
 * Faces of all frames, then the labels of all faces in one batch. Where the models fail, each frame is tried alone: one bad frame
 * must not cost the others theirs.
 */
export async function analyseBatch(
  frames: readonly RgbImage[],
  detector: Detector,
  classifier: MaskClassifier,
): Promise<BatchResult> {
  try {
    return await analyseTogether(frames, detector, classifier);
  } catch (error) {
    if (frames.length > 1) return analyseOneByOne(frames, detector, classifier);
    const reason = error instanceof Error ? error.message : String(error);
    return { faces: [[]], failures: new Map([[0, reason]]), detectMs: 0, classifyMs: 0 };
  }
}

async function analyseOneByOne(
  frames: readonly RgbImage[],
  detector: Detector,
  classifier: MaskClassifier,
): Promise<BatchResult> {
  const results: BatchResult[] = [];
  for (const frame of frames) results.push(await analyseBatch([frame], detector, classifier));
  return {
    faces: results.map(({ faces }) => faces[0] ?? []),
    failures: new Map(
      results.flatMap(({ failures }, n) => [...(failures?.values() ?? [])].map((reason) => [n, reason])),
    ),
    detectMs: results.reduce((sum, { detectMs }) => sum + detectMs, 0),
    classifyMs: results.reduce((sum, { classifyMs }) => sum + classifyMs, 0),
  };
}

async function analyseTogether(
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
