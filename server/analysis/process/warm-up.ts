import type { LoadedModels } from './models.js';

/**
 * Runs both models once on a grey picture, so that what the first run costs (building kernels, filling caches) is over before
 * the process says that it is ready.
 *
 * @param frameSide long side of the frames to come, in pixels
 */
export async function warmUp({ detector, classifier }: LoadedModels, frameSide: number): Promise<void> {
  const width = frameSide;
  const height = Math.round((frameSide * 9) / 16);
  const image = { width, height, data: new Uint8Array(width * height * 3).fill(128) };
  await detector.detect([image]);
  await classifier.classify([{ image, box: { x: 0, y: 0, width: height / 2, height: height / 2 } }]);
}
