import type { Attribute, ConstantValue } from './attributes.js';
import type { GraphBuilder, Ref } from './graph-builder.js';

/** Zeros around a map: above, below, left, right. */
export type Padding =
  | 'same'
  | 'valid'
  | { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

/** How a window moves over a map; heights first. */
export interface WindowOptions {
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** How a filter moves over a map. */
export interface FilterOptions extends WindowOptions {
  /** Default 1 in both directions. */
  readonly dilations?: readonly [number, number];
}

const float: Attribute = { kind: 'type', value: 'float32' };
const int: Attribute = { kind: 'type', value: 'int32' };

/** An int32 vector. */
export function intVector(graph: GraphBuilder, values: readonly number[]): Ref {
  return graph.constant({ shape: [values.length], data: Int32Array.from(values) });
}

/** A float32 vector. */
export function floatVector(graph: GraphBuilder, values: ArrayLike<number>): Ref {
  return graph.constant({ shape: [values.length], data: Float32Array.from(values) });
}

/** One float32 for all elements: TensorFlow has a quicker way for it than for a vector along the last axis. */
export function floatScalar(graph: GraphBuilder, value: number): Ref {
  return graph.constant({ shape: [], data: Float32Array.of(value) });
}

/** Any operation from float32 tensors of one type `T` to one such tensor, for example `Relu6`, `AddV2`, `Softmax`. */
export function floatOperation(graph: GraphBuilder, op: string, ...inputs: Ref[]): Ref {
  return graph.node(op, inputs, 'float32', { T: float });
}

/** 2-d convolution. `filter`: `[height, width, in, out]`. */
export function conv2d(graph: GraphBuilder, x: Ref, filter: ConstantValue, options: FilterOptions): Ref {
  return graph.node('Conv2D', [x, graph.constant(filter)], 'float32', filterAttributes(options));
}

/** Depthwise convolution. `filter`: `[height, width, in, multiplier]`. */
export function depthwiseConv2d(
  graph: GraphBuilder,
  x: Ref,
  filter: ConstantValue,
  options: FilterOptions,
): Ref {
  return graph.node(
    'DepthwiseConv2dNative',
    [x, graph.constant(filter)],
    'float32',
    filterAttributes(options),
  );
}

/** Adds one number to each channel; directly after a convolution TensorFlow fuses the two. */
export function biasAdd(graph: GraphBuilder, x: Ref, bias: ArrayLike<number>): Ref {
  return graph.node('BiasAdd', [x, floatVector(graph, bias)], 'float32', { T: float });
}

/** Greatest value or mean in a window; padding does not enter the mean. */
export function pool(
  graph: GraphBuilder,
  op: 'MaxPool' | 'AvgPool',
  x: Ref,
  size: readonly [number, number],
  options: WindowOptions & { readonly padding: 'same' | 'valid' },
): Ref {
  return graph.node(op, [x], 'float32', {
    ...windowAttributes(options),
    ksize: { kind: 'ints', value: [1, ...size, 1] },
  });
}

/** `x · weights`. `weights`: `[in, out]`. */
export function matMul(graph: GraphBuilder, x: Ref, weights: ConstantValue): Ref {
  return graph.node('MatMul', [x, graph.constant(weights)], 'float32', { T: float });
}

/** Another shape for the same elements; one size may be -1. */
export function reshape(graph: GraphBuilder, x: Ref, shape: readonly number[] | Ref): Ref {
  const target = 'name' in shape ? shape : intVector(graph, shape);
  return graph.node('Reshape', [x, target], x.type, { T: { kind: 'type', value: x.type }, Tshape: int });
}

/** Mean over some axes, which go away. */
export function mean(graph: GraphBuilder, x: Ref, axes: readonly number[], keepDims = false): Ref {
  return graph.node('Mean', [x, intVector(graph, axes)], 'float32', {
    T: float,
    Tidx: int,
    keep_dims: { kind: 'bool', value: keepDims },
  });
}

/** Zeros around a tensor: `[before, after]` for each axis. */
export function padZeros(
  graph: GraphBuilder,
  x: Ref,
  amounts: readonly (readonly [number, number])[] | Ref,
): Ref {
  const paddings =
    'name' in amounts
      ? amounts
      : graph.constant({ shape: [amounts.length, 2], data: Int32Array.from(amounts.flat()) });
  return graph.node('Pad', [x, paddings], x.type, { T: { kind: 'type', value: x.type }, Tpaddings: int });
}

/** Tensors side by side along an axis. */
export function concat(graph: GraphBuilder, inputs: readonly Ref[], axis: number): Ref {
  const axisRef = graph.constant({ shape: [], data: Int32Array.of(axis) });
  return graph.node('ConcatV2', [...inputs, axisRef], inputs[0]?.type ?? 'float32', {
    N: { kind: 'int', value: inputs.length },
    T: { kind: 'type', value: inputs[0]?.type ?? 'float32' },
    Tidx: int,
  });
}

/** Height and width of a map `[n, height, width, channels]`, known when the graph runs: an int32 vector. */
export function mapSize(graph: GraphBuilder, x: Ref): Ref {
  const shape = graph.node('Shape', [x], 'int32', { T: { kind: 'type', value: x.type }, out_type: int });
  const bounds = [1, 3, 1].map((value) => intVector(graph, [value]));
  return graph.node('StridedSlice', [shape, ...bounds], 'int32', { T: int, Index: int });
}

/** An int32 vector, each number multiplied by its factor. */
export function multiplied(graph: GraphBuilder, vector: Ref, factors: readonly number[]): Ref {
  return graph.node('Mul', [vector, intVector(graph, factors)], 'int32', { T: int });
}

/**
 * Brings a map to another size.
 *
 * @param size `[height, width]`, constant or int32 vector
 * @param halfPixelCenters sample at pixel centres; false samples at corners, as tfjs does by default
 */
export function resize(
  graph: GraphBuilder,
  op: 'ResizeBilinear' | 'ResizeNearestNeighbor',
  x: Ref,
  size: readonly [number, number] | Ref,
  halfPixelCenters: boolean,
): Ref {
  const target = 'name' in size ? size : intVector(graph, size);
  return graph.node(op, [x, target], 'float32', {
    T: { kind: 'type', value: x.type },
    half_pixel_centers: { kind: 'bool', value: halfPixelCenters },
  });
}

function filterAttributes(options: FilterOptions): Record<string, Attribute> {
  const [down, across] = options.dilations ?? [1, 1];
  return { ...windowAttributes(options), dilations: { kind: 'ints', value: [1, down, across, 1] } };
}

function windowAttributes({ strides, padding }: WindowOptions): Record<string, Attribute> {
  const common: Record<string, Attribute> = {
    T: float,
    strides: { kind: 'ints', value: [1, ...strides, 1] },
  };
  if (typeof padding === 'string') {
    return { ...common, padding: { kind: 'string', value: padding.toUpperCase() } };
  }
  const { top, bottom, left, right } = padding;
  return {
    ...common,
    padding: { kind: 'string', value: 'EXPLICIT' },
    explicit_paddings: { kind: 'ints', value: [0, 0, top, bottom, left, right, 0, 0] },
  };
}
