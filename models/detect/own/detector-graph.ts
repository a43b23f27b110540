import type { LayersModel } from '@tensorflow/tfjs';
import { GraphBuilder, type Ref } from '../../graph/graph-builder.js';
import { graphFromLayers } from '../../graph/graph-from-layers.js';
import { padZeros, reshape } from '../../graph/operations.js';
import { normalise, paddedPixelBytes, pixelBytes, pixelNumbers } from '../../graph/pixels.js';
import type { DetectorManifest } from './detector-manifest.js';

/** How pictures are brought to the network's input. */
export type Scaling = 'none' | 'reduce' | 'enlarge';

/**
 * A detector from raw bytes to its output maps as one frozen graph.
 *
 * Inputs: `pixels`, n byte strings; `shape`, `[n, height, width, 3]`, the pictures' own size where the graph scales, else with
 * the rows of zeros below them counted in; `paddings`, 8 numbers, zeros before and after along each axis, beyond those; where it
 * scales, `size`, `[height, width]` in the network's input.
 * Outputs `map0`, `map1` …: `[n, rows, columns, 5]`, in the order of the strides.
 *
 * @param normalisation of the pixels, as far as it is not in the model's weights
 * @param scaling `none` for pictures that have the wanted size already
 */
export function detectorGraph(
  model: LayersModel,
  { mean, std }: DetectorManifest['normalisation'],
  scaling: Scaling,
): Uint8Array {
  const graph = new GraphBuilder();
  const shape = graph.input('shape', 'int32', [4]);
  const paddings = reshape(graph, graph.input('paddings', 'int32', [8]), [4, 2]);
  // Bytes are padded before they become numbers, as they are a quarter as long; without any zeros to add this costs nothing.
  const padded =
    scaling !== 'none'
      ? padZeros(graph, rescale(graph, pixelBytes(graph, 'pixels', shape), scaling), paddings)
      : pixelNumbers(graph, padZeros(graph, paddedPixelBytes(graph, 'pixels', shape), paddings));
  const outputs = graphFromLayers(graph, model, [normalise(graph, padded, mean, std)]);
  return graph.toSavedModel(Object.fromEntries(outputs.map((output, at) => [`map${at}`, output])));
}

/**
 * Reduced pictures are the mean of the pixels under each new one, which takes less than half the time of a triangle filter
 * (0.8 against 1.9 ms from 640x360 to 320x180); without either, small faces of large pictures break up. Enlarged ones are bilinear.
 */
function rescale(graph: GraphBuilder, pixels: Ref, scaling: 'reduce' | 'enlarge'): Ref {
  const size = graph.input('size', 'int32', [2]);
  const bytes = { kind: 'type', value: 'uint8' } as const;
  const corners = { align_corners: { kind: 'bool', value: false } } as const;
  return scaling === 'reduce'
    ? graph.node('ResizeArea', [pixels, size], 'float32', { T: bytes, ...corners })
    : graph.node('ResizeBilinear', [pixels, size], 'float32', {
        T: bytes,
        ...corners,
        half_pixel_centers: { kind: 'bool', value: true },
      });
}
