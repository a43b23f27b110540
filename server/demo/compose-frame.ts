import type { Sprite } from './cut-out.js';
import type { RgbImage } from '../../models/image.js';

/** A sprite and where its top-left corner lies on the frame; it may reach over every edge. */
export interface Placement {
  readonly sprite: Sprite;
  readonly x: number;
  readonly y: number;
}

/**
 * Composes one frame: a window of a backdrop, and sprites over it, the last one in front.
 *
 * @param backdrop at least as high as the frame, and as wide as the frame plus `offset`
 * @param offset the first column of the backdrop that shows; clamped to what there is
 * @returns rgb24, a new buffer of `width * height * 3` bytes
 * @throws RangeError when the backdrop is smaller than the frame
 */
export function composeFrame(
  backdrop: RgbImage,
  offset: number,
  width: number,
  height: number,
  placements: readonly Placement[],
): Buffer {
  if (backdrop.width < width || backdrop.height < height) {
    throw new RangeError(
      `backdrop ${backdrop.width}x${backdrop.height} is smaller than the frame ${width}x${height}`,
    );
  }
  const frame = Buffer.allocUnsafe(width * height * 3);
  const column = Math.min(Math.max(Math.round(offset), 0), backdrop.width - width);
  for (let y = 0; y < height; y += 1) {
    const start = (y * backdrop.width + column) * 3;
    frame.set(backdrop.data.subarray(start, start + width * 3), y * width * 3);
  }
  for (const placement of placements) lay(frame, width, height, placement);
  return frame;
}

function lay(frame: Buffer, width: number, height: number, { sprite, x, y }: Placement): void {
  const left = Math.round(x);
  const top = Math.round(y);
  const fromX = Math.max(0, -left);
  const toX = Math.min(sprite.width, width - left);
  const fromY = Math.max(0, -top);
  const toY = Math.min(sprite.height, height - top);
  for (let row = fromY; row < toY; row += 1) {
    for (let column = fromX; column < toX; column += 1) {
      const from = (row * sprite.width + column) * 4;
      const alpha = sprite.data[from + 3] ?? 0;
      if (alpha === 0) continue;
      const to = ((top + row) * width + left + column) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const below = frame[to + channel] ?? 0;
        frame[to + channel] = below + (((sprite.data[from + channel] ?? 0) - below) * alpha) / 255;
      }
    }
  }
}
