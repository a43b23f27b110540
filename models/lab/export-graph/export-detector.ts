import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { readWeightsOf } from '../../classify/read-weights.js';
import { boxOfCell, sigmoid } from '../../detect/dense-map.js';
import { detectorManifestSchema } from '../../detect/own/detector-manifest.js';
import type { Engine } from '../../engine/engine.js';
import { createRandom } from '../random.js';
import { networkInput } from '../train/network-input.js';
import { detectorBoxesGraph, mostBoxes } from './detector-boxes.js';
import type { DetectorShape } from './detector-boxes.js';
import { writeGraph } from './write-graph.js';
import type { ExportReport } from './write-graph.js';

/**
 * Writes a face detector of our own as a frozen SavedModel: from the bytes of square pictures to boxes, decoded and suppressed in
 * the graph. Scores and boxes of all cells are compared with those of the layers before anything is written. What the product
 * does beyond (bringing a picture to the input's size, moving a kept box by suppressed ones) is not in the graph.
 *
 * @param source a weights folder
 * @param target folder of the SavedModel, made where it is missing
 * @param side of the input in pixels; the manifest's own where absent
 * @throws WeightsError for a weights folder that cannot be used
 * @throws RangeError for a side that is no multiple of the largest stride
 * @throws Error where graph and layers differ by more than `exportTolerance`
 */
export async function exportDetector(
  engine: Engine,
  source: string,
  target: string,
  side?: number,
): Promise<ExportReport> {
  const { manifest, artifacts } = await readWeightsOf(detectorManifestSchema, source);
  const size = side ?? manifest.inputSide;
  const largest = Math.max(...manifest.strides);
  if (size % largest !== 0) throw new RangeError(`The side of the input must be a multiple of ${largest}`);
  const model = await engine.tf.loadLayersModel(engine.tf.io.fromMemory(artifacts));
  try {
    const shape = { ...manifest, width: size, height: size };
    return await writeGraph(target, {
      graph: detectorBoxesGraph(model, shape, true),
      largestDifference: await differenceOf(engine, model, shape),
      weights: manifest.name,
      inputs: [
        {
          ...{ name: 'pixels', type: 'string', shape: '[n]' },
          meaning: `bytes of n ${size}x${size} rgb24 pictures, row-major, ${size * size * 3} bytes each`,
        },
      ],
      outputs: [
        {
          ...{ name: 'boxes', type: 'float32', shape: `[n, ${mostBoxes}, 4]` },
          meaning: 'top, left, bottom, right of each face in pixels, best first',
        },
        { name: 'scores', type: 'float32', shape: `[n, ${mostBoxes}]`, meaning: 'score of each face, 0..1' },
        { name: 'count', type: 'float32', shape: '[n]', meaning: 'how many of them are faces' },
      ],
      classes: [],
    });
  } finally {
    model.dispose();
  }
}

/** Scores by their difference, boxes by theirs in parts of the input's side: on seeded noise, over all cells. */
async function differenceOf(
  { tf, compile }: Engine,
  model: LayersModel,
  shape: DetectorShape,
): Promise<number | null> {
  if (compile === undefined) return null;
  const { width, height, strides, normalisation } = shape;
  const random = createRandom(1);
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => random.below(256));
  const compiled = await compile(detectorBoxesGraph(model, shape, false));
  const { boxes, scores } = compiled.run({ pixels: [pixels] });
  compiled.close();
  const maps = tf.tidy(() =>
    (model.predict(networkInput(tf, pixels, width, normalisation)) as Tensor[]).map((map) =>
      map.dataSync<'float32'>(),
    ),
  );
  let cell = 0;
  let largest = 0;
  strides.forEach((stride, level) => {
    const data = maps[level] ?? new Float32Array();
    const map = { stride, rows: height / stride, columns: width / stride, data };
    for (let at = 0; at < map.rows * map.columns; at++, cell++) {
      const { x, y, width: w, height: h } = boxOfCell(map, at);
      const wanted = [y, x, y + h, x + w];
      const apart = wanted.map((value, i) => Math.abs(value - (boxes?.data[cell * 4 + i] ?? NaN)) / width);
      const score = Math.abs(sigmoid(data[at * 5] ?? NaN) - (scores?.data[cell] ?? NaN));
      // NaN is no small difference.
      largest = [score, ...apart].every((d) => d <= Infinity) ? Math.max(largest, score, ...apart) : Infinity;
    }
  });
  return largest;
}
