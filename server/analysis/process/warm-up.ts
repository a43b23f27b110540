import type { RgbImage } from '../../../models/image.js';
import type { MaskClassifier } from '../../../models/mask-classifier.js';
import type { LoadedModels } from './models.js';

/**
 * Runs both models once on a grey picture, so that what the first run costs (building kernels, filling caches) is over before
 * the process says that it is ready.
 *
 * @param frameSide long side of the frames to come, in pixels
 */
export async function warmUp({ detector, classifier }: LoadedModels, frameSide: number): Promise<void> {
  await detector.detect([greyPicture(frameSide, Math.round((frameSide * 9) / 16))]);
  await warmUpClassifier(classifier);
}

/** The same for a classifier alone. */
export async function warmUpClassifier(classifier: MaskClassifier): Promise<void> {
  const side = 128;
  const box = { x: 0, y: 0, width: side / 2, height: side / 2 };
  await classifier.classify([{ image: greyPicture(side, side), box }]);
}

function greyPicture(width: number, height: number): RgbImage {
  return { width, height, data: new Uint8Array(width * height * 3).fill(128) };
}
