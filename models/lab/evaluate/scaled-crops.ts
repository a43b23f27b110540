import type { Box } from '../../image.js';
import type { FaceCrop, MaskClassifier } from '../../mask-classifier.js';

/**
 * A classifier that is shown faces at boxes larger or smaller than those found, around the same centres: how it would do behind a
 * detector that draws its boxes wider or tighter. A picture that is a face crop already stays as it is.
 *
 * @param scale factor on width and height, above 0
 */
export function withScaledCrops(classifier: MaskClassifier, scale: number): MaskClassifier {
  return {
    name: classifier.name,
    classify: (crops) =>
      classifier.classify(
        crops.map((crop): FaceCrop => (crop.box ? { ...crop, box: scaled(crop.box, scale) } : crop)),
      ),
    close: () => classifier.close(),
  };
}

function scaled({ x, y, width, height }: Box, scale: number): Box {
  return {
    x: x - (width * (scale - 1)) / 2,
    y: y - (height * (scale - 1)) / 2,
    width: width * scale,
    height: height * scale,
  };
}
