import { readWeightsOf } from '../../classify/read-weights.js';
import type { Detection, Detector } from '../../detector.js';
import type { Engine } from '../../engine/engine.js';
import type { RgbImage } from '../../image.js';
import { decode, type DenseMap } from '../dense-map.js';
import { mergeDetections } from '../merge-detections.js';
import { nonMaxSuppression } from '../non-max-suppression.js';
import { type SizeGroup, sizeGroups } from '../size-groups.js';
import { type DetectorManifest, detectorManifestSchema } from './detector-manifest.js';
import { inputLayout } from './input-layout.js';
import { createDetectorNetwork, type DetectorNetwork } from './run-network.js';

/**
 * Pictures that go through the network together, at most. Two at once are 2 % quicker on one core, eight are slower again; each holds
 * some 18 MB of what lies between the layers, and TensorFlow never gives back what it once needed.
 */
const maxBatch = 1;
const maxResults = 300;

/** What may be set otherwise than the manifest says. */
export interface OwnDetectorOptions {
  /** Least score of a detection, 0..1. */
  readonly minScore?: number | undefined;
  /** Long side in pixels to which pictures are brought. */
  readonly inputSide?: number | undefined;
}

/**
 * Loads a face detector of our own.
 *
 * @param folder weights folder: `manifest.json`, `model.json`, `weights.bin`
 * @throws WeightsError naming the file that is missing, damaged or does not fit
 */
export async function loadOwnDetector(
  engine: Engine,
  folder: string,
  options: OwnDetectorOptions = {},
): Promise<Detector> {
  const { manifest, artifacts } = await readWeightsOf(detectorManifestSchema, folder);
  const model = await engine.tf.loadLayersModel(engine.tf.io.fromMemory(artifacts));
  const network = await createDetectorNetwork(engine, model, manifest);
  const { minScore = manifest.minScore, inputSide = manifest.inputSide } = options;
  return detectorOf(network, { ...manifest, minScore, inputSide });
}

/** What must be known of a network to find faces with it. */
export type DetectorSettings = Pick<
  DetectorManifest,
  'name' | 'strides' | 'inputSide' | 'maxOverlap' | 'mergeOverlap' | 'minScore'
>;

/** A detector out of a network whose maps are those of our own ones. Takes the network over. */
export function detectorOf(network: DetectorNetwork, settings: DetectorSettings): Detector {
  return new OwnDetector(network, settings);
}

class OwnDetector implements Detector {
  readonly name: string;
  readonly #network: DetectorNetwork;
  readonly #settings: DetectorSettings;

  constructor(network: DetectorNetwork, settings: DetectorSettings) {
    this.name = settings.name;
    this.#network = network;
    this.#settings = settings;
  }

  async detect(images: readonly RgbImage[], minScore = this.#settings.minScore): Promise<Detection[][]> {
    const results: Detection[][] = images.map(() => []);
    for (const group of sizeGroups(images, maxBatch)) {
      const found = await this.#detectGroup(group, minScore);
      group.indices.forEach((index, at) => (results[index] = found[at] ?? []));
    }
    return results;
  }

  async #detectGroup(group: SizeGroup, minScore: number): Promise<Detection[][]> {
    const { strides, inputSide } = this.#settings;
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
      return this.#faces(maps, minScore).map(({ box, score }) => ({
        score,
        box: { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down },
      }));
    });
  }

  /** Best first, in pixels of the network's input. */
  #faces(maps: readonly DenseMap[], minScore: number): Detection[] {
    const { maxOverlap, mergeOverlap } = this.#settings;
    if (mergeOverlap === undefined) return nonMaxSuppression(decode(maps, minScore), maxOverlap, maxResults);
    // Fainter answers cannot be faces of their own, but know where the face is.
    const all = decode(maps, minScore / 2);
    const sure = all.filter(({ score }) => score >= minScore);
    return mergeDetections(nonMaxSuppression(sure, maxOverlap, maxResults), all, mergeOverlap);
  }

  close(): void {
    this.#network.close();
  }
}
