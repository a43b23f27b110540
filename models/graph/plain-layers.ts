import { activation, clippedRelu, leakyRelu } from './activations.js';
import type { GraphBuilder, Ref } from './graph-builder.js';
import type { Layer } from './layer-settings.js';
import { channelAffine, layerSettings, settingsOf } from './layer-settings.js';
import {
  concat,
  floatOperation,
  floatVector,
  mapSize,
  mean,
  multiplied,
  padZeros,
  pool,
  reshape,
  resize,
} from './operations.js';

/** Adds the nodes of one layer. */
export type LayerConverter = (graph: GraphBuilder, layer: Layer, inputs: readonly Ref[]) => Ref;

/** A layer with one input. */
function single(convert: (graph: GraphBuilder, x: Ref, layer: Layer) => Ref): LayerConverter {
  return (graph, layer, inputs) => {
    const [x] = inputs;
    if (x === undefined || inputs.length > 1) throw new RangeError(`Layer ${layer.name} must have one input`);
    return convert(graph, x, layer);
  };
}

/** A layer that joins its inputs pair by pair. */
function joining(op: string): LayerConverter {
  return (graph, layer, inputs) => {
    if (inputs.length < 2) throw new RangeError(`Layer ${layer.name} must have two inputs or more`);
    return inputs.reduce((left, right) => floatOperation(graph, op, left, right));
  };
}

const nothing = single((_graph, x) => x);

/** The layers without weights to fold, by their class names. What only training uses does nothing. */
export const plainLayers: Readonly<Record<string, LayerConverter>> = {
  Dropout: nothing,
  SpatialDropout1D: nothing,
  GaussianDropout: nothing,
  GaussianNoise: nothing,
  Activation: single((graph, x, layer) =>
    activation(graph, settingsOf(layer, layerSettings.activation).activation, x),
  ),
  Softmax: single((graph, x, layer) => {
    const { axis } = settingsOf(layer, layerSettings.softmax);
    if (axis !== -1 && axis !== outputShape(layer).length) {
      throw new RangeError(`Layer ${layer.name} must be over the last axis, not ${axis}`);
    }
    return floatOperation(graph, 'Softmax', x);
  }),
  ReLU: single((graph, x, layer) => {
    const { maxValue } = settingsOf(layer, layerSettings.relu);
    return typeof maxValue === 'number' ? clippedRelu(graph, x, maxValue) : activation(graph, 'relu', x);
  }),
  LeakyReLU: single((graph, x, layer) =>
    leakyRelu(graph, x, settingsOf(layer, layerSettings.leakyRelu).alpha),
  ),
  Rescaling: single((graph, x, layer) => {
    const { scale, offset } = settingsOf(layer, layerSettings.rescaling);
    const scaled = scale === 1 ? x : floatOperation(graph, 'Mul', x, floatVector(graph, [scale]));
    return offset === 0 ? scaled : floatOperation(graph, 'AddV2', scaled, floatVector(graph, [offset]));
  }),
  BatchNormalization: single((graph, x, layer) => {
    const { factors, offsets } = channelAffine(layer);
    const scaled = floatOperation(graph, 'Mul', x, floatVector(graph, factors));
    return floatOperation(graph, 'AddV2', scaled, floatVector(graph, offsets));
  }),
  MaxPooling2D: single((graph, x, layer) => pooling(graph, 'MaxPool', x, layer)),
  AveragePooling2D: single((graph, x, layer) => pooling(graph, 'AvgPool', x, layer)),
  GlobalAveragePooling2D: single((graph, x, layer) => {
    settingsOf(layer, layerSettings.globalPool);
    return mean(graph, x, [1, 2]);
  }),
  Flatten: single((graph, x, layer) => reshape(graph, x, [-1, elements(outputShape(layer))])),
  Reshape: single((graph, x, layer) => reshape(graph, x, [-1, ...outputShape(layer)])),
  ZeroPadding2D: single((graph, x, layer) => {
    const [rows, columns] = settingsOf(layer, layerSettings.zeroPadding).padding;
    return padZeros(graph, x, [[0, 0], rows, columns, [0, 0]]);
  }),
  UpSampling2D: single((graph, x, layer) => {
    const { interpolation, size } = settingsOf(layer, layerSettings.upSampling);
    const op = interpolation === 'nearest' ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
    return resize(graph, op, x, multiplied(graph, mapSize(graph, x), size), false);
  }),
  Add: joining('AddV2'),
  Multiply: joining('Mul'),
  Concatenate: (graph, layer, inputs) =>
    concat(graph, inputs, settingsOf(layer, layerSettings.concatenate).axis),
};

function pooling(graph: GraphBuilder, op: 'MaxPool' | 'AvgPool', x: Ref, layer: Layer): Ref {
  const { poolSize, strides, padding } = settingsOf(layer, layerSettings.pool);
  return pool(graph, op, x, poolSize, { strides, padding });
}

/** A layer's output sizes without the batch. */
function outputShape(layer: Layer): number[] {
  const [first] = [layer.outputShape].flat(2);
  if (first !== null && typeof first !== 'number')
    throw new RangeError(`Layer ${layer.name} has no output shape`);
  const sizes = (layer.outputShape as (number | null)[]).slice(1);
  return sizes.map((size) => {
    if (size === null) throw new RangeError(`Layer ${layer.name} needs sizes that are known beforehand`);
    return size;
  });
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
