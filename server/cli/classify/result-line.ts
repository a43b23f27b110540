import type { LabelledFace } from '../../../models/label-faces.js';
import type { MaskLabel, WornState } from '../../../models/mask-classifier.js';

/** One face in the output. */
export interface ResultFace {
  /** Pixels of the picture, turned upright; `x`, `y` is the top-left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0..1: the detector's score times the classifier's belief that this is a face. */
  readonly score: number;
  /** The detector's score alone, 0..1; 1 where the picture itself is the face. */
  readonly detectorScore: number;
  readonly label: MaskLabel;
  readonly probabilities: Readonly<Record<WornState, number>>;
}

/** A picture of the output, or a frame of a video or camera. */
export interface ResultPicture {
  readonly file: string;
  /** Number of the frame from 0; for videos and cameras only. */
  readonly frame?: number;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly ResultFace[];
}

/** One line of the output. */
export type ResultLine =
  | ResultPicture
  | { readonly file: string; readonly error: { readonly code: string; readonly message: string } };

/** A face as the output tells it: pixels to a tenth, probabilities to four digits. */
export function resultFace({ box, score, detectorScore, classification }: LabelledFace): ResultFace {
  const { mask, no_mask, incorrect } = classification.probabilities;
  return {
    x: round(box.x, 1),
    y: round(box.y, 1),
    width: round(box.width, 1),
    height: round(box.height, 1),
    score: round(score, 4),
    detectorScore: round(detectorScore, 4),
    label: classification.label,
    probabilities: { mask: round(mask, 4), no_mask: round(no_mask, 4), incorrect: round(incorrect, 4) },
  };
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  // Adding 0 makes a plain zero of a negative one.
  return Math.round(value * factor) / factor + 0;
}
