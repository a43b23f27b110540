import type { LayersModel, Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { CompiledGraph, Engine, GraphInput } from '../../engine/engine.js';
import { foldScale } from '../../graph/fold-scale.js';
import type { RgbImage } from '../../image.js';
import { detectorGraph } from './detector-graph.js';
import type { Scaling } from './detector-graph.js';
import type { DetectorManifest } from './detector-manifest.js';
import type { InputLayout } from './input-layout.js';

/** The network of a detector on some backend. */
export interface DetectorNetwork {
  /**
   * @param images all of one size
   * @returns for each stride `[n, rows, columns, 5]`
   */
  run(images: readonly RgbImage[], layout: InputLayout): Promise<Float32Array[]>;
  close(): void;
}

/** Compiles the network where the backend knows graphs; elsewhere its layers run one by one. Takes the model over. */
export async function createDetectorNetwork(
  engine: Engine,
  model: LayersModel,
  manifest: Pick<DetectorManifest, 'normalisation'>,
): Promise<DetectorNetwork> {
  const { compile } = engine;
  if (compile === undefined) return new LayeredNetwork(engine, model, manifest);
  const rest = foldScale(engine.tf, model, manifest.normalisation);
  const compileFor = (scaling: Scaling) => compile(detectorGraph(model, rest, scaling));
  return new GraphNetwork(await compileFor('none'), compileFor, () => model.dispose());
}

class GraphNetwork implements DetectorNetwork {
  readonly #plain: CompiledGraph;
  readonly #compileFor: (scaling: Scaling) => Promise<CompiledGraph>;
  readonly #free: () => void;
  /** Made when the first larger or smaller picture comes: an analysis process needs neither. */
  readonly #scaled = new Map<Scaling, Promise<CompiledGraph>>();
  #closed = false;

  constructor(
    plain: CompiledGraph,
    compileFor: (scaling: Scaling) => Promise<CompiledGraph>,
    free: () => void,
  ) {
    this.#plain = plain;
    this.#compileFor = compileFor;
    this.#free = free;
  }

  async run(images: readonly RgbImage[], layout: InputLayout): Promise<Float32Array[]> {
    const [{ width, height } = { width: 1, height: 1 }] = images;
    const below = layout.inputHeight - layout.height;
    const right = layout.inputWidth - layout.width;
    const pixels = images.map(({ data }) => data);
    if (layout.width === width && layout.height === height) {
      const shape = Int32Array.of(images.length, layout.inputHeight, width, 3);
      return maps(this.#plain.run({ pixels, shape, paddings: Int32Array.of(0, 0, 0, 0, 0, right, 0, 0) }));
    }
    const scaling = layout.width < width ? 'reduce' : 'enlarge';
    const compiled = this.#scaled.get(scaling) ?? this.#compileFor(scaling);
    this.#scaled.set(scaling, compiled);
    const graph = await compiled;
    const inputs: Record<string, GraphInput> = {
      pixels,
      shape: Int32Array.of(images.length, height, width, 3),
      paddings: Int32Array.of(0, 0, 0, below, 0, right, 0, 0),
      size: Int32Array.of(layout.height, layout.width),
    };
    return maps(graph.run(inputs));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#plain.close();
    for (const compiled of this.#scaled.values()) void compiled.then((graph) => graph.close());
    this.#free();
  }
}

function maps(outputs: Readonly<Record<string, { readonly data: Float32Array }>>): Float32Array[] {
  return Object.keys(outputs)
    .sort()
    .map((name) => outputs[name]?.data ?? new Float32Array());
}

class LayeredNetwork implements DetectorNetwork {
  readonly #engine: Engine;
  readonly #model: LayersModel;
  readonly #manifest: Pick<DetectorManifest, 'normalisation'>;
  #closed = false;

  constructor(engine: Engine, model: LayersModel, manifest: Pick<DetectorManifest, 'normalisation'>) {
    this.#engine = engine;
    this.#model = model;
    this.#manifest = manifest;
  }

  run(images: readonly RgbImage[], layout: InputLayout): Promise<Float32Array[]> {
    const { tf } = this.#engine;
    const { mean, std } = this.#manifest.normalisation;
    const outputs = tf.tidy(() => {
      const pictures = images.map(({ data, width, height }) =>
        tf.image.resizeBilinear(
          tf.tensor3d(Float32Array.from(data), [height, width, 3]),
          [layout.height, layout.width],
          false,
          true,
        ),
      );
      const batch = tf.stack(pictures) as Tensor4D;
      const below = layout.inputHeight - layout.height;
      const right = layout.inputWidth - layout.width;
      const padded = batch.pad([
        [0, 0],
        [0, below],
        [0, right],
        [0, 0],
      ]);
      return this.#model.predict(padded.sub(mean).div(std)) as Tensor[];
    });
    const numbers = outputs.map((output) => output.dataSync<'float32'>());
    tf.dispose(outputs);
    return Promise.resolve(numbers);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#model.dispose();
  }
}
