import type { Detection, Detector } from '../../detector.js';
import type { Engine } from '../../engine/engine.js';
import type { RgbImage } from '../../image.js';
import type { FaceApiNet } from './face-api.js';
import { loadFaceApi } from './face-api.js';
import { loadFaceApiWeights } from './weights.js';

/** The names under which face-api's detectors are chosen. */
export type FaceApiName = 'face-api-ssd' | 'face-api-tiny';

/** Side of the square that the tiny network sees; a multiple of 32. Larger finds smaller faces. */
const tinyInputSize = 416;

/**
 * A detector of face-api as the package runs it, operation by operation and picture by picture. Works on every backend.
 *
 * @param minScore least score of a detection, 0..1
 */
export async function createLayeredDetector(
  engine: Engine,
  name: FaceApiName,
  minScore: number,
): Promise<Detector> {
  const faceApi = loadFaceApi(engine);
  if (name === 'face-api-ssd') {
    const net = new faceApi.SsdMobilenetv1();
    net.loadFromWeightMap(await loadFaceApiWeights(engine.tf, 'ssd_mobilenetv1_model'));
    return new LayeredDetector(
      engine,
      name,
      net,
      new faceApi.SsdMobilenetv1Options({ minConfidence: minScore }),
    );
  }
  const net = new faceApi.TinyFaceDetector();
  net.loadFromWeightMap(await loadFaceApiWeights(engine.tf, 'tiny_face_detector_model'));
  const options = { inputSize: tinyInputSize, scoreThreshold: minScore };
  return new LayeredDetector(engine, name, net, new faceApi.TinyFaceDetectorOptions(options));
}

class LayeredDetector implements Detector {
  readonly name: string;
  readonly #engine: Engine;
  readonly #net: FaceApiNet;
  readonly #options: object;
  #closed = false;

  constructor(engine: Engine, name: string, net: FaceApiNet, options: object) {
    this.name = name;
    this.#engine = engine;
    this.#net = net;
    this.#options = options;
  }

  async detect(images: readonly RgbImage[]): Promise<Detection[][]> {
    const results: Detection[][] = [];
    for (const image of images) results.push(await this.#detectOne(image));
    return results;
  }

  async #detectOne(image: RgbImage): Promise<Detection[]> {
    const pixels = Int32Array.from(image.data);
    const tensor = this.#engine.tf.tensor3d(pixels, [image.height, image.width, 3], 'int32');
    try {
      const found = await this.#net.locateFaces(tensor, this.#options);
      return found
        .map(({ box: { x, y, width, height }, score }) => ({ box: { x, y, width, height }, score }))
        .sort((a, b) => b.score - a.score);
    } finally {
      tensor.dispose();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#net.dispose();
  }
}
