import type { Detection } from '../detector.js';
import { overlap } from './overlap.js';

/**
 * Moves each kept detection to the mean of all that show the same face, weighted by score and overlap ("box voting", after
 * Gidaris and Komodakis, "Object detection via a multi-region and semantic segmentation-aware CNN model", 2015). The cells
 * around a face each measure it with an error of their own; their mean has less, and trembles less from frame to frame.
 *
 * @param kept what is left after suppression
 * @param all what there was before it
 * @param least overlap (IoU) with the kept box from which a detection has a say
 */
export function mergeDetections(
  kept: readonly Detection[],
  all: readonly Detection[],
  least: number,
): Detection[] {
  return kept.map((face) => {
    let sum = 0;
    let [x, y, width, height] = [0, 0, 0, 0];
    for (const { box, score } of all) {
      const shared = overlap(face.box, box);
      if (shared < least) continue;
      const weight = shared * score;
      sum += weight;
      x += weight * box.x;
      y += weight * box.y;
      width += weight * box.width;
      height += weight * box.height;
    }
    if (sum === 0) return face;
    return { ...face, box: { x: x / sum, y: y / sum, width: width / sum, height: height / sum } };
  });
}
