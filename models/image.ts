/**
 * A picture in memory: rgb24, row-major, top-left origin, no padding between rows.
 * `data.length === width * height * 3`, values 0..255.
 */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A rectangle in pixels of the picture it belongs to: `x`, `y` is the top-left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
