import { overlap } from '../../../models/detect/overlap.js';
import type { Box, RgbImage } from '../../../models/image.js';
import type { KnownFace } from '../../track/people.js';
import { sketchesDiffer, sketchOf, type Sketch } from '../../track/sketch.js';

/** A detection that overlaps a known face by this much (intersection over union) is that face … */
const same = 0.5;
/** … unless it overlaps another one by this much: then they may have changed places. */
const other = 0.2;

/** A face to be classified, or to be left in peace. */
export interface SketchedFace {
  readonly sketch: Sketch;
  readonly isKnown: boolean;
}

/**
 * Tells which detected faces are of people who need not be classified: each must be where exactly one of them was, and look as
 * that one did.
 *
 * @param boxes in pixels of the picture
 * @param known boxes in the same pixels
 * @returns one entry a box, in the order given
 */
export function recognise(
  image: RgbImage,
  boxes: readonly Box[],
  known: readonly KnownFace[],
): SketchedFace[] {
  return boxes.map((box) => {
    const sketch = sketchOf(image, box);
    const near = known.filter((face) => overlap(face.box, box) >= other);
    const [only] = near;
    const isKnown =
      only !== undefined &&
      near.length === 1 &&
      overlap(only.box, box) >= same &&
      boxes.every((rival) => rival === box || overlap(only.box, rival) < other) &&
      !sketchesDiffer(only.sketch, sketch);
    return { sketch, isKnown };
  });
}
