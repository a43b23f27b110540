import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NamedTensorMap, io } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';

/** The networks of face-api that find faces. */
export type FaceApiModel = 'ssd_mobilenetv1_model' | 'tiny_face_detector_model';

/**
 * Reads the weights that come with the package, unpacked to float32.
 *
 * @returns tensors by name; the caller disposes of them
 */
export async function loadFaceApiWeights(tf: Tf, model: FaceApiModel): Promise<NamedTensorMap> {
  const manifestPath = createRequire(import.meta.url).resolve(
    `@vladmandic/face-api/model/${model}-weights_manifest.json`,
  );
  const groups = JSON.parse(await readFile(manifestPath, 'utf8')) as io.WeightsManifestConfig;
  const maps = groups.map(async ({ paths, weights }) => {
    const parts = await Promise.all(paths.map((path) => readFile(join(dirname(manifestPath), path))));
    return tf.io.decodeWeights(new Uint8Array(Buffer.concat(parts)).buffer, weights);
  });
  return Object.assign({}, ...(await Promise.all(maps))) as NamedTensorMap;
}
