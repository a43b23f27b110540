import type { GraphBuilder, Ref } from './graph-builder.js';
import { floatOperation, floatScalar, floatVector, intVector, reshape } from './operations.js';

/**
 * The way of pixels into a graph: byte strings, the fastest that tfjs-node's public interface has.
 *
 * @param name of the signature's input: a string tensor `[k]`; its strings are rgb24 pictures, row-major, and all have
 *   the same length
 * @param shape `[n, height, width, 3]` or the int32 vector of these four; n may be -1
 * @returns uint8 of that shape
 */
export function pixelBytes(graph: GraphBuilder, name: string, shape: readonly number[] | Ref): Ref {
  const bytes = graph.node('DecodeRaw', [graph.input(name, 'string', [-1])], 'uint8', {
    out_type: { kind: 'type', value: 'uint8' },
  });
  return reshape(graph, bytes, shape);
}

/**
 * The same for pictures that are shorter than the network wants: zeros below them come with the bytes, at no cost of their
 * own. (A `Pad` of the numbers takes a tenth of a detector's time.)
 *
 * @param shape the int32 vector `[n, height, width, 3]` with the rows of zeros counted in
 */
export function paddedPixelBytes(graph: GraphBuilder, name: string, shape: Ref): Ref {
  const all = { T: { kind: 'type', value: 'int32' }, Index: { kind: 'type', value: 'int32' } } as const;
  const bounds = [1, 4, 1].map((value) => intVector(graph, [value]));
  const sides = graph.node('StridedSlice', [shape, ...bounds], 'int32', all);
  const axis = graph.constant({ shape: [], data: Int32Array.of(0) });
  const length = graph.node('Prod', [sides, axis], 'int32', {
    T: { kind: 'type', value: 'int32' },
    Tidx: { kind: 'type', value: 'int32' },
  });
  const bytes = graph.node('DecodePaddedRaw', [graph.input(name, 'string', [-1]), length], 'uint8', {
    out_type: { kind: 'type', value: 'uint8' },
  });
  return reshape(graph, bytes, shape);
}

/** Pixels as float32, 0..255, of the same shape. */
export function pixelNumbers(graph: GraphBuilder, bytes: Ref): Ref {
  return graph.node('Cast', [bytes], 'float32', {
    SrcT: { kind: 'type', value: 'uint8' },
    DstT: { kind: 'type', value: 'float32' },
  });
}

/** `pixelBytes` as float32, 0..255. */
export function pixelInput(graph: GraphBuilder, name: string, shape: readonly number[] | Ref): Ref {
  return pixelNumbers(graph, pixelBytes(graph, name, shape));
}

/** `(x - mean) / std` for each channel. What is the same for all channels is done with one number. */
export function normalise(graph: GraphBuilder, x: Ref, mean: readonly number[], std: readonly number[]): Ref {
  const factors = std.map((value) => 1 / value);
  const offsets = mean.map((value, channel) => -value * (factors[channel] ?? 1));
  const scaled = isOnly(factors, 1) ? x : floatOperation(graph, 'Mul', x, channelNumbers(graph, factors));
  return isOnly(offsets, 0) ? scaled : floatOperation(graph, 'AddV2', scaled, channelNumbers(graph, offsets));
}

function channelNumbers(graph: GraphBuilder, values: readonly number[]): Ref {
  const [first = 0] = values;
  return isOnly(values, first) ? floatScalar(graph, first) : floatVector(graph, values);
}

function isOnly(values: readonly number[], value: number): boolean {
  return values.every((other) => other === value);
}
