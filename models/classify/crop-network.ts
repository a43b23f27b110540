import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { Engine } from '../engine/engine.js';
import type { CropShape } from './crop-graph.js';
import { cropGraph, pixelsInput, probabilitiesOutput } from './crop-graph.js';
import { tensorProbabilities } from './network-output.js';

/** A network from crops to probabilities. */
export interface CropNetwork {
  /**
   * @param crops `count` pictures, one after another: rgb24, each `inputSize` pixels square
   * @returns `count` rows of one probability for each output class
   */
  run(crops: Uint8Array, count: number): Float32Array;
  /** Frees the weights; idempotent. */
  close(): void;
}

/** Brings a layers model into the fastest form that the engine has. Takes the model over. */
export async function createCropNetwork(
  engine: Engine,
  model: LayersModel,
  shape: CropShape,
): Promise<CropNetwork> {
  if (engine.compile === undefined) return new LayeredNetwork(engine, model, shape);
  try {
    return await compileNetwork(engine.compile, model, shape);
  } finally {
    model.dispose();
  }
}

/** One graph from bytes to probabilities. */
async function compileNetwork(
  compile: NonNullable<Engine['compile']>,
  model: LayersModel,
  shape: CropShape,
): Promise<CropNetwork> {
  const graph = await compile(cropGraph(model, shape));
  return {
    run: (crops) => graph.run({ [pixelsInput]: [crops] })[probabilitiesOutput]?.data ?? new Float32Array(),
    close: () => {
      graph.close();
    },
  };
}

/** The layers one by one, where the engine takes no graphs. */
class LayeredNetwork implements CropNetwork {
  readonly #engine: Engine;
  readonly #model: LayersModel;
  readonly #shape: CropShape;
  #closed = false;

  constructor(engine: Engine, model: LayersModel, shape: CropShape) {
    this.#engine = engine;
    this.#model = model;
    this.#shape = shape;
  }

  run(crops: Uint8Array, count: number): Float32Array {
    const { tf } = this.#engine;
    const { inputSize, normalisation, output } = this.#shape;
    return tf.tidy(() => {
      const pixels = tf.tensor4d(Float32Array.from(crops), [count, inputSize, inputSize, 3]);
      const x = pixels.sub(normalisation.mean).div(normalisation.std);
      return tensorProbabilities(this.#model.predict(x) as Tensor, output).dataSync<'float32'>();
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#model.dispose();
  }
}
