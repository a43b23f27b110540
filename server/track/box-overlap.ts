import type { Box } from '../../models/image.js';

/** Intersection over union of two boxes, 0..1; 0 for boxes without area. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/**
 * A box grown about its centre, for matching boxes that moved past each other between two frames (C-BIoU: Yang et al.,
 * "Hard to Track Objects with Irregular Motions and Similar Appearances?", WACV 2023).
 *
 * @param by part of the width and height that is added on each side; 0 leaves the box as it is
 */
export function grown(box: Box, by: number): Box {
  return {
    x: box.x - box.width * by,
    y: box.y - box.height * by,
    width: box.width * (1 + 2 * by),
    height: box.height * (1 + 2 * by),
  };
}
