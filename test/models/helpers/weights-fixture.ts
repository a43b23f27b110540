import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs';
import type { Manifest } from '../../../models/classify/manifest.js';
import type { Tf } from '../../../models/engine/engine.js';
import { temporaryFolder } from './temporary-folder.js';

/**
 * Writes the weights folder of a tiny network: it looks at the mean colour only. Red is `mask`, green `no_mask`, blue
 * `incorrect`, and black `reject`, the surer the stronger.
 *
 * @param changes of the manifest, after the checksums were taken
 */
export async function writeColourWeights(tf: Tf, changes: Partial<Manifest> = {}): Promise<string> {
  const size = 16;
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [size, size, 3] }),
      tf.layers.dense({ units: 4, activation: 'softmax' }),
    ],
  });
  // Columns are mask, no_mask, incorrect and reject.
  const kernel = [8, 0, 0, -8, 0, 8, 0, -8, 0, 0, 8, -8];
  tf.tidy(() => {
    model.setWeights([tf.tensor2d(kernel, [3, 4]), tf.tensor1d([0, 0, 0, 4])]);
  });
  let artifacts: io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler((saved) => {
      artifacts = saved;
      return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(saved) });
    }),
  );
  model.dispose();
  const files = {
    'model.json': Buffer.from(
      JSON.stringify({
        modelTopology: artifacts.modelTopology,
        weightsManifest: [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }],
      }),
    ),
    'weights.bin': Buffer.from(artifacts.weightData as ArrayBuffer),
  };
  const manifest: Manifest = {
    format: 1,
    task: 'mask-classifier',
    name: 'colours',
    architecture: 'mean-colour',
    parameters: 16,
    inputSize: size,
    classes: ['mask', 'no_mask', 'incorrect', 'reject'],
    output: 'probabilities',
    normalisation: { mean: [0, 0, 0], std: [255, 255, 255] },
    crop: { kind: 'square', margin: 1, faceFill: 1 },
    thresholds: { minConfidence: 0.6, minFaceSide: 10, reject: 0.5 },
    files: { 'model.json': sum(files['model.json']), 'weights.bin': sum(files['weights.bin']) },
    licence: 'MIT',
    data: ['none'],
    created: { command: 'written by a test', at: '2026-01-01T00:00:00Z' },
    ...changes,
  };
  const folder = join(temporaryFolder(), 'colours');
  await mkdir(folder);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

function sum(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
