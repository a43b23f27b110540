import type { NamedTensorMap } from '@tensorflow/tfjs';
import type { FloatConstant } from '../../graph/attributes.js';
import type { Ref } from '../../graph/graph-builder.js';
import { GraphBuilder } from '../../graph/graph-builder.js';
import type { FilterOptions } from '../../graph/operations.js';
import {
  biasAdd,
  conv2d,
  depthwiseConv2d,
  floatOperation,
  floatVector,
  padZeros,
  reshape,
  resize,
} from '../../graph/operations.js';
import { pixelBytes } from '../../graph/pixels.js';
import { ssdLevels, ssdNumbers } from './ssd-layout.js';

const batchNormEpsilon = 0.001;
/** Depthwise layers that halve the map. */
const halving = new Set([2, 4, 6, 12]);
const same: FilterOptions = { strides: [1, 1], padding: 'same' };
const half: FilterOptions = { strides: [2, 2], padding: 'same' };
/**
 * Halves a map of any size in the way in which an even one is halved, with nothing before the first row: else the cells of
 * an odd map would lie elsewhere.
 */
const halfAligned: FilterOptions = {
  strides: [2, 2],
  padding: { top: 0, bottom: 2, left: 0, right: 2 },
};

/**
 * face-api's SSD MobileNetV1 as one frozen graph: batch norms folded, the scores of unused classes left out, place and
 * score of the boxes from one convolution a level.
 *
 * Inputs: `pixels`, n byte strings; `shape`, `[n, height, width, 3]` of them; `size`, `[height, width]` in the network's
 * input; `paddings`, 8 numbers, zeros before and after along each axis of `[n, height, width, channel]`.
 * Outputs `level0` to `level5`: `[n, rows, columns, boxes * 5]`, for each box ty, tx, th, tw and the logit of its score.
 *
 * @param weights of the package, by name
 */
export function ssdGraph(weights: NamedTensorMap): Uint8Array {
  const graph = new GraphBuilder();
  const pixels = pixelBytes(graph, 'pixels', graph.input('shape', 'int32', [4]));
  const resized = resize(graph, 'ResizeBilinear', pixels, graph.input('size', 'int32', [2]), false);
  const paddings = reshape(graph, graph.input('paddings', 'int32', [8]), [4, 2]);
  // The network wants x / 127.5 - 1; the division is in its first filter.
  let x = floatOperation(graph, 'AddV2', padZeros(graph, resized, paddings), floatVector(graph, [-127.5]));
  const net = new SsdLayers(graph, weights);
  x = net.pointwise(x, 'MobilenetV1', 0, half, 1 / 127.5);
  const maps: Ref[] = [];
  for (let layer = 1; layer <= 13; layer++) {
    x = net.depthwise(x, layer, halving.has(layer) ? half : same);
    x = net.pointwise(x, 'MobilenetV1', layer, same);
    if (layer === 11 || layer === 13) maps.push(x);
  }
  for (let layer = 0; layer < 8; layer += 2) {
    x = net.pointwise(x, 'Prediction', layer, same);
    x = net.pointwise(x, 'Prediction', layer + 1, halfAligned);
    maps.push(x);
  }
  return graph.toSavedModel(
    Object.fromEntries(maps.map((map, level) => [`level${level}`, net.boxes(map, level)])),
  );
}

class SsdLayers {
  readonly #graph: GraphBuilder;
  readonly #weights: NamedTensorMap;

  constructor(graph: GraphBuilder, weights: NamedTensorMap) {
    this.#graph = graph;
    this.#weights = weights;
  }

  pointwise(x: Ref, part: string, layer: number, options: FilterOptions, factor = 1): Ref {
    const prefix = `${part}/Conv2d_${layer}_pointwise`;
    const { shape, data } = this.#weight(`${prefix}/weights`);
    const filter = { shape, data: factor === 1 ? data : data.map((value) => value * factor) };
    const y = conv2d(this.#graph, x, filter, options);
    return this.#finish(y, this.#weight(`${prefix}/convolution_bn_offset`).data);
  }

  depthwise(x: Ref, layer: number, options: FilterOptions): Ref {
    const prefix = `MobilenetV1/Conv2d_${layer}_depthwise`;
    const filter = this.#weight(`${prefix}/depthwise_weights`);
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
      (name) => this.#weight(`${prefix}/BatchNorm/${name}`).data,
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    const factors = variance.map((value, i) => (gamma[i] ?? 1) / Math.sqrt(value + batchNormEpsilon));
    const offsets = mean.map((value, i) => (beta[i] ?? 0) - value * (factors[i] ?? 0));
    const data = filter.data.map((value, i) => value * (factors[i % factors.length] ?? 0));
    return this.#finish(depthwiseConv2d(this.#graph, x, { shape: filter.shape, data }, options), offsets);
  }

  /** The boxes of a level: `[n, rows, columns, boxes * 5]`. */
  boxes(x: Ref, level: number): Ref {
    const prefix = `Prediction/BoxPredictor_${level}`;
    const count = ssdLevels[level]?.boxes ?? 0;
    const [places, placeBiases] = this.#predictor(`${prefix}/BoxEncodingPredictor`);
    const [classes, classBiases] = this.#predictor(`${prefix}/ClassPredictor`);
    const depth = places.shape[2] ?? 0;
    const filter = new Float32Array(depth * count * ssdNumbers);
    const biases = new Float32Array(count * ssdNumbers);
    // Of a box's three classes (none, face, one unused) the second alone is wanted.
    for (let box = 0; box < count; box++) {
      for (let n = 0; n < ssdNumbers; n++) {
        const out = box * ssdNumbers + n;
        const [from, fromBiases, column] =
          n < 4 ? [places, placeBiases, box * 4 + n] : [classes, classBiases, box * 3 + 1];
        const columns = from.shape[3] ?? 0;
        biases[out] = fromBiases[column] ?? 0;
        for (let i = 0; i < depth; i++) {
          filter[i * count * ssdNumbers + out] = from.data[i * columns + column] ?? 0;
        }
      }
    }
    const y = conv2d(this.#graph, x, { shape: [1, 1, depth, count * ssdNumbers], data: filter }, same);
    return biasAdd(this.#graph, y, biases);
  }

  #predictor(prefix: string): [FloatConstant, Float32Array] {
    return [this.#weight(`${prefix}/weights`), this.#weight(`${prefix}/biases`).data];
  }

  #finish(y: Ref, biases: Float32Array): Ref {
    return floatOperation(this.#graph, 'Relu6', biasAdd(this.#graph, y, biases));
  }

  #weight(name: string): FloatConstant {
    const tensor = this.#weights[name];
    if (tensor === undefined) throw new RangeError(`face-api's weights lack ${name}`);
    return { shape: tensor.shape, data: tensor.dataSync<'float32'>() };
  }
}
