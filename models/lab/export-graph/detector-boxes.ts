import type { LayersModel } from '@tensorflow/tfjs';
import type { DetectorManifest } from '../../detect/own/detector-manifest.js';
import { GraphBuilder } from '../../graph/graph-builder.js';
import type { Ref } from '../../graph/graph-builder.js';
import { graphFromLayers } from '../../graph/graph-from-layers.js';
import { concat, floatOperation, floatScalar, floatVector, reshape } from '../../graph/operations.js';
import { normalise, pixelInput } from '../../graph/pixels.js';

/** Boxes that a picture may have at most. */
export const mostBoxes = 300;

/** What the graph is written for. */
export interface DetectorShape extends Pick<
  DetectorManifest,
  'normalisation' | 'strides' | 'maxOverlap' | 'minScore'
> {
  /** Size of the input in pixels, multiples of the largest stride. */
  readonly width: number;
  readonly height: number;
}

/**
 * A detector as one frozen graph from raw bytes to boxes, for one size of input.
 *
 * Input `pixels`: n byte strings of rgb24, `height * width * 3` bytes each.
 * Outputs with suppression: `boxes` `[n, 300, 4]` (top, left, bottom, right in pixels of the input, zeros behind the last), `scores`
 * `[n, 300]`, best first, and `count` `[n]`. Without: `boxes` `[n, cells, 4]` and `scores` `[n, cells]` of all cells.
 *
 * @returns the bytes of `saved_model.pb`
 */
export function detectorBoxesGraph(
  model: LayersModel,
  shape: DetectorShape,
  suppressed: boolean,
): Uint8Array {
  const { width, height, normalisation, strides, maxOverlap, minScore } = shape;
  const graph = new GraphBuilder();
  const pixels = pixelInput(graph, 'pixels', [-1, height, width, 3]);
  const input = normalise(graph, pixels, normalisation.mean, normalisation.std);
  const maps = graphFromLayers(graph, model, [input]);
  const cells = cellsOf(strides, width, height);
  const rows = concat(
    graph,
    maps.map((map, i) => reshape(graph, map, [-1, cells.counts[i] ?? 0, 5])),
    1,
  );
  const [logit, dx, dy, logWidth, logHeight] = unpack(graph, rows);
  if (!logit || !dx || !dy || !logWidth || !logHeight) throw new RangeError('A cell has five numbers');
  const stride = floatVector(graph, cells.strides);
  const op = (name: string, ...inputs: Ref[]): Ref => floatOperation(graph, name, ...inputs);
  const half = (log: Ref): Ref => op('Mul', op('Mul', op('Exp', log), stride), floatScalar(graph, 0.5));
  const centre = (shift: Ref, place: readonly number[]): Ref =>
    op('Mul', op('AddV2', shift, floatVector(graph, place)), stride);
  const [x, y] = [centre(dx, cells.columns), centre(dy, cells.rows)];
  const [halfWidth, halfHeight] = [half(logWidth), half(logHeight)];
  const corners = [
    op('Sub', y, halfHeight),
    op('Sub', x, halfWidth),
    op('AddV2', y, halfHeight),
    op('AddV2', x, halfWidth),
  ];
  const boxes = graph.node('Pack', corners, 'float32', {
    N: { kind: 'int', value: corners.length },
    T: { kind: 'type', value: 'float32' },
    axis: { kind: 'int', value: 2 },
  });
  const scores = op('Sigmoid', logit);
  if (!suppressed) return graph.toSavedModel({ boxes, scores });
  const total = cells.strides.length;
  const count = (value: number): Ref => graph.constant({ shape: [], data: Int32Array.of(value) });
  const kept = graph.node(
    'CombinedNonMaxSuppression',
    [
      reshape(graph, boxes, [-1, total, 1, 4]),
      reshape(graph, scores, [-1, total, 1]),
      ...[count(mostBoxes), count(mostBoxes)],
      ...[floatScalar(graph, maxOverlap), floatScalar(graph, minScore)],
    ],
    'float32',
    { pad_per_class: { kind: 'bool', value: false }, clip_boxes: { kind: 'bool', value: false } },
  );
  const found = graph.node('Cast', [{ name: `${kept.name}:3`, type: 'int32' }], 'float32', {
    SrcT: { kind: 'type', value: 'int32' },
    DstT: { kind: 'type', value: 'float32' },
  });
  return graph.toSavedModel({
    boxes: floatOperation(graph, 'Identity', kept),
    scores: floatOperation(graph, 'Identity', { name: `${kept.name}:1`, type: 'float32' }),
    count: found,
  });
}

/** The five numbers of each cell, apart. */
function unpack(graph: GraphBuilder, rows: Ref): Ref[] {
  const first = graph.node('Unpack', [rows], 'float32', {
    num: { kind: 'int', value: 5 },
    T: { kind: 'type', value: 'float32' },
    axis: { kind: 'int', value: 2 },
  });
  return Array.from({ length: 5 }, (_, i) =>
    i === 0 ? first : { name: `${first.name}:${i}`, type: 'float32' },
  );
}

/** Where the cells of all maps lie, one after another: their stride, and their middles in strides. */
function cellsOf(
  strides: readonly number[],
  width: number,
  height: number,
): Record<'counts' | 'strides' | 'columns' | 'rows', number[]> {
  const cells: ReturnType<typeof cellsOf> = { counts: [], strides: [], columns: [], rows: [] };
  for (const stride of strides) {
    const [across, down] = [width / stride, height / stride];
    cells.counts.push(across * down);
    for (let cell = 0; cell < across * down; cell++) {
      cells.strides.push(stride);
      cells.columns.push((cell % across) + 0.5);
      cells.rows.push(Math.floor(cell / across) + 0.5);
    }
  }
  return cells;
}
