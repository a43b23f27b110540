import { monotonicMs } from '../../../streams/clock.js';
import type { Detector } from '../../../models/detector.js';
import type { RgbImage } from '../../../models/image.js';
import type { MaskClassifier } from '../../../models/mask-classifier.js';
import type { KnownFace, LabelledFace } from '../../track/people.js';
import { recognise } from './known-faces.js';

/** What one pass of the models found. */
export interface BatchResult {
  /** One list a frame, in the order given; boxes in pixels of that frame. Known faces that look as before have no label. */
  readonly faces: readonly (readonly LabelledFace[])[];
  /** Frames that the models failed on, by their place in that order, with the reason; absent where there are none. */
  readonly failures?: ReadonlyMap<number, string>;
  /** How long the whole batch took in each model, in milliseconds: every frame of it waited that long. */
  readonly detectMs: number;
  readonly classifyMs: number;
}

/** Faces that need no label, one list a frame, boxes in pixels of that frame. */
export type KnownFaces = readonly (readonly KnownFace[])[];

/**
 * Faces of all frames, then the labels of all faces in one batch. Where the models fail, each frame is tried alone: one bad frame
 * must not cost the others theirs.
 */
export async function analyseBatch(
  frames: readonly RgbImage[],
  detector: Detector,
  classifier: MaskClassifier,
  known: KnownFaces = [],
): Promise<BatchResult> {
  try {
    return await analyseTogether(frames, detector, classifier, known);
  } catch (error) {
    if (frames.length > 1) return analyseOneByOne(frames, detector, classifier, known);
    const reason = error instanceof Error ? error.message : String(error);
    return { faces: [[]], failures: new Map([[0, reason]]), detectMs: 0, classifyMs: 0 };
  }
}

async function analyseOneByOne(
  frames: readonly RgbImage[],
  detector: Detector,
  classifier: MaskClassifier,
  known: KnownFaces,
): Promise<BatchResult> {
  const results: BatchResult[] = [];
  for (const [n, frame] of frames.entries()) {
    results.push(await analyseBatch([frame], detector, classifier, [known[n] ?? []]));
  }
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
  known: KnownFaces,
): Promise<BatchResult> {
  const startMs = monotonicMs();
  const detections = await detector.detect(frames);
  const detectedMs = monotonicMs();
  const faces = frames.flatMap((image, n) => {
    const found = detections[n] ?? [];
    const sketched = recognise(
      image,
      found.map(({ box }) => box),
      known[n] ?? [],
    );
    return found.map((detection, at) => ({ n, image, detection, ...sketched[at] }));
  });
  const unknown = faces.filter(({ isKnown }) => isKnown !== true);
  const crops = unknown.map(({ image, detection: { box } }) => ({ image, box }));
  const labels = crops.length === 0 ? [] : await classifier.classify(crops);
  if (labels.length !== crops.length) throw new Error(`${labels.length} labels for ${crops.length} faces`);
  const classifyMs = monotonicMs() - detectedMs;

  const labelOf = new Map(unknown.map((face, at) => [face, labels[at]]));
  const results = frames.map((): LabelledFace[] => []);
  for (const face of faces) {
    const classification = labelOf.get(face);
    results[face.n]?.push({
      ...face.detection,
      ...(classification === undefined ? {} : { classification }),
      ...(classification === undefined || face.sketch === undefined ? {} : { sketch: face.sketch }),
    });
  }
  return { faces: results, detectMs: detectedMs - startMs, classifyMs };
}
