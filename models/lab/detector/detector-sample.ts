import type { LabelledFace } from './scene-list.js';

/** A training picture and its faces. */
export interface DetectorSample {
  /** rgb24 of a square. */
  readonly pixels: Uint8Array;
  /** Faces labelled by hand, in pixels of the picture. */
  readonly faces: readonly LabelledFace[];
  /** Where faces should be (the middle of a crop): used only where the teacher agrees. */
  readonly likely: readonly LabelledFace[];
}
