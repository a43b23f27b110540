/** Width and height in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a picture scaled down so that its long side is at most `maxSide`: even numbers, at least 2, the aspect
 * kept as well as even numbers allow. Never larger than the source, but for an odd 1.
 */
export function fitWithin(source: PictureSize, maxSide: number): PictureSize {
  const factor = Math.min(1, maxSide / Math.max(source.width, source.height));
  return { width: even(source.width * factor), height: even(source.height * factor) };
}

function even(value: number): number {
  return Math.max(2, Math.floor(value / 2 + 0.25) * 2);
}

/** Whether two sizes have the same aspect, as well as even numbers of pixels can tell. */
export function sameShape(a: PictureSize, b: PictureSize): boolean {
  // Rounding to even numbers moves each side by up to one pixel.
  return Math.abs(a.width * b.height - a.height * b.width) <= a.width + b.width + a.height + b.height;
}
