import type { GraphBuilder, Ref } from './graph-builder.js';
import { floatOperation, floatVector, reshape } from './operations.js';

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

/** The same as float32, 0..255. */
export function pixelInput(graph: GraphBuilder, name: string, shape: readonly number[] | Ref): Ref {
  return graph.node('Cast', [pixelBytes(graph, name, shape)], 'float32', {
    SrcT: { kind: 'type', value: 'uint8' },
    DstT: { kind: 'type', value: 'float32' },
  });
}

/** `(x - mean) / std` for each channel. */
export function normalise(graph: GraphBuilder, x: Ref, mean: readonly number[], std: readonly number[]): Ref {
  const factors = std.map((value) => 1 / value);
  const scaled = floatOperation(graph, 'Mul', x, floatVector(graph, factors));
  const offsets = mean.map((value, channel) => -value * (factors[channel] ?? 1));
  return floatOperation(graph, 'AddV2', scaled, floatVector(graph, offsets));
}
