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
  /** Folder of the neighbours' weights. */
  readonly peers?: string | undefined;
}
