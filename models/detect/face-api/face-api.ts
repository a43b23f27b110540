import { createRequire } from 'node:module';
import type { NamedTensorMap, Tensor3D } from '@tensorflow/tfjs';
import type { Engine } from '../../engine/engine.js';
import type { Box } from '../../image.js';

/** A network of face-api, told in the engine's tensor types: the package's own types hold a second copy of those. */
export interface FaceApiNet {
  /** Takes the tensors over. */
  loadFromWeightMap(weights: NamedTensorMap): void;
  /** `input`: int32 `[height, width, 3]`, RGB, 0..255; boxes are in its pixels. */
  locateFaces(
    input: Tensor3D,
    options: object,
  ): Promise<readonly { readonly box: Box; readonly score: number }[]>;
  dispose(): void;
}

/** What is used of face-api. */
export interface FaceApi {
  readonly SsdMobilenetv1: new () => FaceApiNet;
  readonly SsdMobilenetv1Options: new (options: { readonly minConfidence: number }) => object;
  readonly TinyFaceDetector: new () => FaceApiNet;
  readonly TinyFaceDetectorOptions: new (options: {
    readonly inputSize: number;
    readonly scoreThreshold: number;
  }) => object;
}

/** Loads face-api, the only place that does: the build that shares the engine's tfjs. */
export function loadFaceApi(engine: Engine): FaceApi {
  const build = engine.facts.backend === 'wasm' ? 'node-wasm' : 'node';
  return createRequire(import.meta.url)(`@vladmandic/face-api/dist/face-api.${build}.js`) as FaceApi;
}
