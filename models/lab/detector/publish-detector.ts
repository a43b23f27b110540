import type { LayersModel } from '@tensorflow/tfjs';
import { type DetectorManifest, detectorManifestSchema } from '../../detect/own/detector-manifest.js';
import { checksums, packModel, writeWeightsFolder } from '../export/write-weights.js';
import { strides } from './detector-h.js';

/** What of a detector's manifest its training does not know. */
export type DetectorFacts = Pick<DetectorManifest, 'name' | 'minScore' | 'data' | 'created'>;

/** Writes the weights folder of a detector H: the model with float16 numbers, and its manifest. */
export async function publishDetector(
  folder: string,
  model: LayersModel,
  facts: DetectorFacts,
): Promise<DetectorManifest> {
  const files = packModel(model);
  const manifest = detectorManifestSchema.parse({
    format: 1,
    task: 'face-detector',
    architecture: 'detector-h',
    parameters: model.countParams(),
    normalisation: { mean: [118, 118, 118], std: [64, 64, 64] },
    strides: [...strides],
    inputSide: 640,
    maxOverlap: 0.4,
    mergeOverlap: 0.5,
    files: checksums(files),
    licence: 'MIT',
    ...facts,
  });
  await writeWeightsFolder(folder, files, manifest);
  return manifest;
}
