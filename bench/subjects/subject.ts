import type { RgbImage } from '../../models/image.js';

/** Something that looks for faces in pictures, one of several that are compared. */
export interface Subject {
  /** What it runs on, with versions. */
  readonly about: string;
  /** @returns how many faces there were in all of them together */
  run(frames: readonly RgbImage[]): Promise<number>;
}

/** Which subject to load, and how. */
export interface SubjectSettings {
  readonly kind: 'naive' | 'product' | 'detector' | 'aizoo' | 'yunet';
  /** Threads that it may compute with. */
  readonly threads: number;
  /** Frames that it is given at once. */
  readonly batch: number;
  /** Long side in pixels to which the product's detector brings its pictures, where it is not the one that it ships with. */
  readonly inputSide?: number;
  /** Others only: whether they may round what they multiply to bfloat16, as the product does. */
  readonly rounded?: boolean;
  /** Folder of the neighbours' weights. */
  readonly peers?: string | undefined;
}

/** What the reader of a comparison has to know. */
export const arithmeticNote =
  'The product multiplies as its server does: in bfloat16 where the processor has a unit for it (AMX), in float32 elsewhere; its accuracy is that of the same arithmetic.';
