import type { Box, RgbImage } from './image.js';

/** A face that was found. */
export interface Detection {
  /** In pixels of the picture given; may reach over its edge. */
  readonly box: Box;
  /** 0..1, higher is surer. */
  readonly score: number;
}

/** Finds faces in pictures. Detectors are chosen by name; all of them keep this contract. */
export interface Detector {
  /** The name in the configuration, for example `face-api-ssd`. */
  readonly name: string;
  /**
   * @param images any number of pictures, of any sizes
   * @param minScore least score, 0..1, for this call alone; a detector that cannot change its own keeps it
   * @returns one list a picture, in the order given, best score first
   */
  detect(images: readonly RgbImage[], minScore?: number): Promise<Detection[][]>;
  /** Frees the weights; idempotent. */
  close(): void;
}
