// Made from models/image.ts by "npm run interfaces"; change it there.

/** A rectangle in pixels of the picture it belongs to: `x`, `y` is the top-left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
