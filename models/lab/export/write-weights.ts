import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs';
import { manifestSchema } from '../../classify/manifest.js';
import type { Manifest } from '../../classify/manifest.js';
import { countParameters } from '../architectures/count-parameters.js';
import { storeWeight } from './store-weight.js';
import type { Precision } from './store-weight.js';

/** Everything of a manifest that the weights themselves do not tell. */
export type ManifestFacts = Omit<Manifest, 'format' | 'task' | 'files' | 'parameters'>;

/**
 * Writes a weights folder: `model.json`, `weights.bin` with the numbers as float16 or with int8 filters, and `manifest.json`
 * with the checksums.
 */
export async function writeWeights(
  folder: string,
  model: LayersModel,
  facts: ManifestFacts,
): Promise<Manifest> {
  const precision = facts.precision ?? 'float16';
  const files = packModel(model, precision);
  const manifest = manifestSchema.parse({
    format: 1,
    task: 'mask-classifier',
    ...facts,
    precision,
    parameters: countParameters(model),
    files: checksums(files),
  });
  await writeWeightsFolder(folder, files, manifest);
  return manifest;
}

/** The files of a model, by name. */
export type ModelFiles = Readonly<Record<'model.json' | 'weights.bin', Buffer>>;

/** sha256 of each file, as a manifest holds them. */
export function checksums(files: ModelFiles): Record<keyof ModelFiles, string> {
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  return { 'model.json': sha256(files['model.json']), 'weights.bin': sha256(files['weights.bin']) };
}

/** Writes the files of a weights folder. */
export async function writeWeightsFolder(folder: string, files: ModelFiles, manifest: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A model as a weights folder holds it: its numbers stored as float16, or its filters as int8. */
export function packModel(model: LayersModel, precision: Precision = 'float16'): ModelFiles {
  // Layer by layer, the order in which tfjs stores and loads a model's weights by name.
  const stored = model.layers
    .flatMap((layer) => layer.weights)
    .map((weight) => {
      const tensor = weight.read();
      return storeWeight(weight.originalName, tensor.shape, tensor.dataSync<'float32'>(), precision);
    });
  const modelJson = {
    format: 'layers-model',
    generatedBy: 'maskwatch',
    modelTopology: model.toJSON(null, false),
    weightsManifest: [{ paths: ['weights.bin'], weights: stored.map(({ entry }) => entry) }],
  };
  return {
    'model.json': Buffer.from(`${JSON.stringify(modelJson)}\n`),
    'weights.bin': Buffer.concat(stored.map(({ bytes }) => bytes)),
  };
}
