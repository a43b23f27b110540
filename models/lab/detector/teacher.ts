import type { CompiledGraph, Engine } from '../../engine/engine.js';
import { sigmoid } from '../../detect/dense-map.js';
import { GraphBuilder, type Ref } from '../../graph/graph-builder.js';
import {
  biasAdd,
  concat,
  conv2d,
  depthwiseConv2d,
  floatOperation,
  pool,
  resize,
} from '../../graph/operations.js';
import { pixelInput } from '../../graph/pixels.js';
import { strides } from './detector-h.js';
import { type NamedTensor, toDepthwise, toHwio } from './safetensors.js';

/** A face detector to learn from: pictures in, dense maps out. */
export interface Teacher {
  /**
   * @param pictures `count` rgb24 pictures of `size` x `size`, one after the other
   * @returns for each level `[count, rows, columns, 5]` = logit, dx, dy, log w, log h
   */
  run(pictures: Uint8Array, count: number, size: number): Float32Array[];
  close(): void;
}

/**
 * YuNet-n (Wu, Peng, Yu: "YuNet: a tiny millisecond-level face detector", 2023) without landmarks, from weights in
 * PyTorch's layout with folded norms.
 *
 * @throws Error where the engine cannot compile graphs or a weight is missing
 */
export async function createTeacher(
  engine: Engine,
  weights: ReadonlyMap<string, NamedTensor>,
): Promise<Teacher> {
  if (engine.compile === undefined)
    throw new Error('The teacher needs TensorFlow; this engine has no graphs');
  const graph: CompiledGraph = await engine.compile(new YunetGraph(weights).build());
  return {
    run: (pictures, count, size) => {
      const outputs = graph.run({ pixels: [pictures], shape: Int32Array.of(count, size, size, 3) });
      return strides.map((stride) => mergeScores(outputs[`map${stride}`]?.data ?? new Float32Array()));
    },
    close: () => graph.close(),
  };
}

/** class, objectness and four of the box a cell → one logit of sqrt(sigmoid(class) · sigmoid(objectness)) and the box. */
function mergeScores(cells: Float32Array): Float32Array {
  const merged = new Float32Array((cells.length / 6) * 5);
  for (let from = 0, to = 0; from < cells.length; from += 6, to += 5) {
    const score = Math.sqrt(sigmoid(cells[from] ?? 0) * sigmoid(cells[from + 1] ?? 0));
    const bounded = Math.min(Math.max(score, 1e-7), 1 - 1e-7);
    merged[to] = Math.log(bounded / (1 - bounded));
    merged.set(cells.subarray(from + 2, from + 6), to + 1);
  }
  return merged;
}

class YunetGraph {
  readonly #graph = new GraphBuilder();
  readonly #weights: ReadonlyMap<string, NamedTensor>;

  constructor(weights: ReadonlyMap<string, NamedTensor>) {
    this.#weights = weights;
  }

  build(): Uint8Array {
    const graph = this.#graph;
    const pixels = pixelInput(graph, 'pixels', graph.input('shape', 'int32', [4]));
    let x = this.#pair(this.#stem(pixels), 'stem.pair');
    x = this.#halve(x);
    for (let at = 0; at < 4; at++) x = this.#pair(x, `stage1.${at}`);
    const levels = strides.map((stride) => {
      x = this.#halve(x);
      for (const at of [0, 1]) x = this.#pair(x, `stride${stride}.${at}`);
      return x;
    });
    const outputs: Record<string, Ref> = {};
    let above: Ref | undefined;
    for (const [at, stride] of [...strides.entries()].reverse()) {
      const level = levels[at] ?? x;
      const merged =
        above === undefined ? level : floatOperation(graph, 'AddV2', level, this.#double(above, level));
      above = this.#pair(merged, `neck.${stride}`);
      const shared = this.#pair(above, `head.${stride}.shared`);
      const parts = ['class', 'objectness', 'box'].map((part) =>
        this.#pair(shared, `head.${stride}.${part}`, false),
      );
      outputs[`map${stride}`] = concat(graph, parts, 3);
    }
    return graph.toSavedModel(outputs);
  }

  #stem(x: Ref): Ref {
    const sides = { top: 1, bottom: 1, left: 1, right: 1 };
    const filter = toHwio(this.#weight('stem.conv.weight'));
    const y = conv2d(this.#graph, x, filter, { strides: [2, 2], padding: sides });
    return floatOperation(this.#graph, 'Relu', biasAdd(this.#graph, y, this.#weight('stem.conv.bias').data));
  }

  /** Linear 1x1, then depthwise 3x3 and, but for the outputs, relu. */
  #pair(x: Ref, name: string, relu = true): Ref {
    const graph = this.#graph;
    const options = { strides: [1, 1], padding: 'same' } as const;
    const point = conv2d(graph, x, toHwio(this.#weight(`${name}.pointwise.weight`)), options);
    const biased = biasAdd(graph, point, this.#weight(`${name}.pointwise.bias`).data);
    const deep = depthwiseConv2d(
      graph,
      biased,
      toDepthwise(this.#weight(`${name}.depthwise.weight`)),
      options,
    );
    const y = biasAdd(graph, deep, this.#weight(`${name}.depthwise.bias`).data);
    return relu ? floatOperation(graph, 'Relu', y) : y;
  }

  #halve(x: Ref): Ref {
    return pool(this.#graph, 'MaxPool', x, [2, 2], { strides: [2, 2], padding: 'valid' });
  }

  #double(x: Ref, like: Ref): Ref {
    const graph = this.#graph;
    const shape = graph.node('Shape', [like], 'int32', { T: { kind: 'type', value: 'float32' } });
    const vector = (...values: number[]) =>
      graph.constant({ shape: [values.length], data: Int32Array.from(values) });
    const size = graph.node('StridedSlice', [shape, vector(1), vector(3), vector(1)], 'int32', {
      T: { kind: 'type', value: 'int32' },
      Index: { kind: 'type', value: 'int32' },
    });
    return resize(graph, 'ResizeNearestNeighbor', x, size, false);
  }

  #weight(name: string): NamedTensor {
    const tensor = this.#weights.get(name);
    if (tensor === undefined) throw new Error(`The teacher's file has no tensor ${name}`);
    return tensor;
  }
}
