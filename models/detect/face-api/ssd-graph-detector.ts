import type { Detection, Detector } from '../../detector.js';
import type { CompiledGraph, Engine } from '../../engine/engine.js';
import type { RgbImage } from '../../image.js';
import { nonMaxSuppression } from '../non-max-suppression.js';
import type { SizeGroup } from '../size-groups.js';
import { sizeGroups } from '../size-groups.js';
import { decodeSsd } from './ssd-decode.js';
import { ssdGraph } from './ssd-graph.js';
import { ssdLayout, ssdLevels } from './ssd-layout.js';
import { loadFaceApiWeights } from './weights.js';

/** Pictures that go through the network together, at most. */
const maxBatch = 8;
/** As face-api has them. */
const maxOverlap = 0.5;
const maxResults = 100;

/**
 * face-api's SSD MobileNetV1 as a frozen graph: the same boxes as the package, faster.
 *
 * @param compile of the engine
 * @param minScore least score of a detection, 0..1
 */
export async function createSsdGraphDetector(
  { tf }: Engine,
  compile: NonNullable<Engine['compile']>,
  minScore: number,
): Promise<Detector> {
  const weights = await loadFaceApiWeights(tf, 'ssd_mobilenetv1_model');
  try {
    const priors = weights['Output/extra_dim']?.dataSync<'float32'>();
    if (priors === undefined) throw new RangeError("face-api's weights lack the prior boxes");
    return new SsdGraphDetector(await compile(ssdGraph(weights)), priors, minScore);
  } finally {
    tf.dispose(weights);
  }
}

class SsdGraphDetector implements Detector {
  readonly name = 'face-api-ssd';
  readonly #graph: CompiledGraph;
  readonly #priors: Float32Array;
  readonly #minScore: number;

  constructor(graph: CompiledGraph, priors: Float32Array, minScore: number) {
    this.#graph = graph;
    this.#priors = priors;
    this.#minScore = minScore;
  }

  detect(images: readonly RgbImage[]): Promise<Detection[][]> {
    const results: Detection[][] = images.map(() => []);
    for (const group of sizeGroups(images, maxBatch)) {
      const found = this.#detectGroup(group);
      group.indices.forEach((index, i) => (results[index] = found[i] ?? []));
    }
    return Promise.resolve(results);
  }

  #detectGroup(group: SizeGroup): Detection[][] {
    const { images, width, height } = group;
    const layout = ssdLayout(group);
    const below = layout.inputHeight - layout.height;
    const right = layout.inputWidth - layout.width;
    const outputs = this.#graph.run({
      pixels: images.map(({ data }) => data),
      shape: Int32Array.of(images.length, height, width, 3),
      size: Int32Array.of(layout.height, layout.width),
      paddings: Int32Array.of(0, 0, 0, below, 0, right, 0, 0),
    });
    return images.map((_image, i) => {
      const levels = ssdLevels.map((_level, level) => part(outputs[`level${level}`]?.data, i, images.length));
      const boxes = decodeSsd(levels, layout, this.#priors, group, this.#minScore);
      return nonMaxSuppression(boxes, maxOverlap, maxResults);
    });
  }

  close(): void {
    this.#graph.close();
  }
}

/** The numbers of one picture of a batch. */
function part(data: Float32Array = new Float32Array(), index: number, count: number): Float32Array {
  const length = data.length / count;
  return data.subarray(index * length, (index + 1) * length);
}
