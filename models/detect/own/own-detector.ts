import { readWeightsOf } from '../../classify/read-weights.js';
import type { Detection, Detector } from '../../detector.js';
import type { Engine } from '../../engine/engine.js';
import type { RgbImage } from '../../image.js';
import { decode } from '../dense-map.js';
import { nonMaxSuppression } from '../non-max-suppression.js';
import { type SizeGroup, sizeGroups } from '../size-groups.js';
import { type DetectorManifest, detectorManifestSchema } from './detector-manifest.js';
import { inputLayout } from './input-layout.js';
import { createDetectorNetwork, type DetectorNetwork } from './run-network.js';

/** Pictures that go through the network together, at most, to bound memory. */
const maxBatch = 8;
const maxResults = 300;

/**
 * Loads a face detector of our own.
 *
 * @param folder weights folder: `manifest.json`, `model.json`, `weights.bin`
 * @param minScore least score of a detection, 0..1; the manifest's where absent
 * @throws WeightsError naming the file that is missing, damaged or does not fit
 */
export async function loadOwnDetector(engine: Engine, folder: string, minScore?: number): Promise<Detector> {
  const { manifest, artifacts } = await readWeightsOf(detectorManifestSchema, folder);
  const model = await engine.tf.loadLayersModel(engine.tf.io.fromMemory(artifacts));
  const network = await createDetectorNetwork(engine, model, manifest);
  return new OwnDetector(network, manifest, minScore ?? manifest.minScore);
}

class OwnDetector implements Detector {
  readonly name: string;
  readonly #network: DetectorNetwork;
  readonly #manifest: DetectorManifest;
  readonly #minScore: number;

  constructor(network: DetectorNetwork, manifest: DetectorManifest, minScore: number) {
    this.name = manifest.name;
    this.#network = network;
    this.#manifest = manifest;
    this.#minScore = minScore;
  }

  async detect(images: readonly RgbImage[]): Promise<Detection[][]> {
    const results: Detection[][] = images.map(() => []);
    for (const group of sizeGroups(images, maxBatch)) {
      const found = await this.#detectGroup(group);
      group.indices.forEach((index, at) => (results[index] = found[at] ?? []));
    }
    return results;
  }

  async #detectGroup(group: SizeGroup): Promise<Detection[][]> {
    const { strides, inputSide, maxOverlap } = this.#manifest;
    const layout = inputLayout(group, inputSide, Math.max(...strides));
    const outputs = await this.#network.run(group.images, layout);
    const across = group.width / layout.width;
    const down = group.height / layout.height;
    return group.images.map((_image, at) => {
      const maps = strides.map((stride, level) => {
        const rows = layout.inputHeight / stride;
        const columns = layout.inputWidth / stride;
        const length = rows * columns * 5;
        const data = (outputs[level] ?? new Float32Array()).subarray(at * length, (at + 1) * length);
        return { stride, rows, columns, data };
      });
      const found = nonMaxSuppression(decode(maps, this.#minScore), maxOverlap, maxResults);
      return found.map(({ box, score }) => ({
        score,
        box: { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down },
      }));
    });
  }

  close(): void {
    this.#network.close();
  }
}
