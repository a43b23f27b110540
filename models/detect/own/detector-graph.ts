import type { LayersModel } from '@tensorflow/tfjs';
import { GraphBuilder, type Ref } from '../../graph/graph-builder.js';
import { graphFromLayers } from '../../graph/graph-from-layers.js';
import { floatVector, padZeros, reshape } from '../../graph/operations.js';
import { normalise, paddedPixelBytes, pixelBytes, pixelNumbers } from '../../graph/pixels.js';
import type { DetectorManifest } from './detector-manifest.js';

/**
 * A detector from raw bytes to its output maps as one frozen graph.
 *
 * Inputs: `pixels`, n byte strings; `shape`, `[n, height, width, 3]`, the pictures' own size where the graph scales, else with
 * the rows of zeros below them counted in; `paddings`, 8 numbers, zeros before and after along each axis, beyond those; where it
 * scales, `size`, `[height, width]` in the network's input, and `scale`, how many millionths of a pixel of the input a pixel of
 * the picture is (down, across).
 * Outputs `map0`, `map1` …: `[n, rows, columns, 5]`, in the order of the strides.
 *
 * @param normalisation of the pixels, as far as it is not in the model's weights
 * @param scaled false for pictures that have the wanted size already
 */
export function detectorGraph(
  model: LayersModel,
  { mean, std }: DetectorManifest['normalisation'],
  scaled: boolean,
): Uint8Array {
  const graph = new GraphBuilder();
  const shape = graph.input('shape', 'int32', [4]);
  const paddings = reshape(graph, graph.input('paddings', 'int32', [8]), [4, 2]);
  // Bytes are padded before they become numbers, as they are a quarter as long; without any zeros to add this costs nothing.
  const padded = scaled
    ? padZeros(graph, rescale(graph, pixelBytes(graph, 'pixels', shape)), paddings)
    : pixelNumbers(graph, padZeros(graph, paddedPixelBytes(graph, 'pixels', shape), paddings));
  const outputs = graphFromLayers(graph, model, [normalise(graph, padded, mean, std)]);
  return graph.toSavedModel(Object.fromEntries(outputs.map((output, at) => [`map${at}`, output])));
}

/** Bilinear, over as many pixels as a reduction takes together: without that, small faces of large pictures break up. */
function rescale(graph: GraphBuilder, pixels: Ref): Ref {
  const size = graph.input('size', 'int32', [2]);
  const millionths = graph.node('Cast', [graph.input('scale', 'int32', [2])], 'float32', {
    SrcT: { kind: 'type', value: 'int32' },
    DstT: { kind: 'type', value: 'float32' },
  });
  const scale = graph.node('Mul', [millionths, floatVector(graph, [1e-6])], 'float32', {
    T: { kind: 'type', value: 'float32' },
  });
  return graph.node('ScaleAndTranslate', [pixels, size, scale, floatVector(graph, [0, 0])], 'float32', {
    T: { kind: 'type', value: 'uint8' },
    kernel_type: { kind: 'string', value: 'triangle' },
    antialias: { kind: 'bool', value: true },
  });
}
