import { cutRegion, facePictureBox, faceRegion } from '../crop.js';
import type { Engine } from '../engine/engine.js';
import type { Box } from '../image.js';
import type { Classification, FaceCrop, MaskClassifier } from '../mask-classifier.js';
import type { CropNetwork } from './crop-network.js';
import { createCropNetwork } from './crop-network.js';
import { decideLabel } from './decide-label.js';
import type { Manifest } from './manifest.js';
import { openWeights } from './open-weights.js';

/** Faces that go through the network together, at most, to bound memory. */
const maxBatch = 16;

/**
 * Loads a mask classifier.
 *
 * @param folder a weights folder: `manifest.json`, `model.json`, `weights.bin`
 * @throws WeightsError naming the file that is missing, damaged or does not fit
 */
export async function loadClassifier(engine: Engine, folder: string): Promise<MaskClassifier> {
  const { manifest, model } = await openWeights(engine.tf, folder);
  return new WeightsClassifier(manifest, await createCropNetwork(engine, model, manifest));
}

class WeightsClassifier implements MaskClassifier {
  readonly name: string;
  readonly #manifest: Manifest;
  readonly #network: CropNetwork;

  constructor(manifest: Manifest, network: CropNetwork) {
    this.name = manifest.name;
    this.#manifest = manifest;
    this.#network = network;
  }

  classify(crops: readonly FaceCrop[]): Promise<Classification[]> {
    const results: Classification[] = [];
    for (let from = 0; from < crops.length; from += maxBatch) {
      results.push(...this.#classifyBatch(crops.slice(from, from + maxBatch)));
    }
    return Promise.resolve(results);
  }

  #classifyBatch(crops: readonly FaceCrop[]): Classification[] {
    const { inputSize, classes, crop } = this.#manifest;
    const length = inputSize * inputSize * 3;
    const pixels = new Uint8Array(crops.length * length);
    const boxes = crops.map((face) => this.#boxOf(face));
    crops.forEach(({ image }, i) => {
      const box = boxes[i];
      if (box !== undefined) cutRegion(image, faceRegion(box, crop.margin), inputSize, pixels, i * length);
    });
    const outputs = this.#network.run(pixels, crops.length);
    return boxes.map(({ width, height }, i) => {
      const row = outputs.subarray(i * classes.length, (i + 1) * classes.length);
      return decideLabel(row, Math.max(width, height), this.#manifest);
    });
  }

  #boxOf({ image, box }: FaceCrop): Box {
    return box ?? facePictureBox(image, this.#manifest.crop.faceFill);
  }

  close(): void {
    this.#network.close();
  }
}
