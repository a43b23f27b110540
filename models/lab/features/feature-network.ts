import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { Manifest } from '../../classify/manifest.js';
import type { Engine } from '../../engine/engine.js';
import { GraphBuilder } from '../../graph/graph-builder.js';
import { graphFromLayers } from '../../graph/graph-from-layers.js';
import { normalise, pixelInput } from '../../graph/pixels.js';
import { networkInput } from '../train/network-input.js';

/** Computes the features of pictures. */
export interface FeatureNetwork {
  /**
   * @param pixels rgb24 squares, one after another
   * @returns the features of each, one after another, row-major
   */
  run(pixels: Uint8Array): Float32Array;
  /** Frees what it holds; the model stays. Idempotent. */
  close(): void;
}

/** How pixels enter the network. */
export interface FeatureInput {
  /** Side of the pictures in pixels. */
  readonly size: number;
  readonly normalisation: Manifest['normalisation'];
}

/** Brings the lower part of a network into the fastest form that the engine has. */
export async function createFeatureNetwork(
  { tf, compile }: Pick<Engine, 'tf' | 'compile'>,
  lower: LayersModel,
  { size, normalisation }: FeatureInput,
): Promise<FeatureNetwork> {
  if (compile === undefined) {
    return {
      run: (pixels) =>
        tf.tidy(() =>
          (lower.predict(networkInput(tf, pixels, size, normalisation)) as Tensor).dataSync<'float32'>(),
        ),
      close: () => undefined,
    };
  }
  const builder = new GraphBuilder();
  const pixels = pixelInput(builder, 'pixels', [-1, size, size, 3]);
  const input = normalise(builder, pixels, normalisation.mean, normalisation.std);
  const [features] = graphFromLayers(builder, lower, [input]);
  if (features === undefined) throw new RangeError(`${lower.name} has no output`);
  const graph = await compile(builder.toSavedModel({ features }));
  return {
    run: (bytes) => graph.run({ pixels: [bytes] }).features?.data ?? new Float32Array(),
    close: () => graph.close(),
  };
}
