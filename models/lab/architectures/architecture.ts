import type { LayersModel } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import type { Manifest } from '../../classify/manifest.js';

/**
 * What stands between the backbone's last map and the head: its mean, or the map itself, laid out. The map tells where
 * something sits, as the mean does not, at the price of a wider first dense layer.
 */
export type Pooling = 'mean' | 'map';

/** What a network is built for. */
export interface BuildOptions {
  /** Side of the square input in pixels. */
  readonly size: number;
  /** 2 (mask or not), 3 (with `incorrect`) or 4 (with `reject`); any number is possible. */
  readonly outputs: number;
  /** Seed of the initial weights. */
  readonly seed: number;
  /** Dense layers at the end, logits included; as many as the architecture has of itself where absent. */
  readonly headLayers?: number | undefined;
  /** Default: `mean`. Networks that lay their map out of themselves do so in any case. */
  readonly pooling?: Pooling | undefined;
}

/** A network that can be trained. */
export interface Architecture {
  readonly name: string;
  /** Side of the input where none is asked for. */
  readonly size: number;
  /** How pixel values enter the network. */
  readonly normalisation: Manifest['normalisation'];
  /**
   * Builds the network with initial weights. Its last two layers are `logits`, with one number an output, and
   * `probabilities`; a network that tells two classes by one sigmoid has one number there, for the first class. Dense
   * layers are found in the head only.
   */
  build(tf: Tf, options: BuildOptions): LayersModel;
}

/** Pixel values to -1..1, for networks that start from random weights. */
export const centred: Manifest['normalisation'] = { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] };
/** The normalisation that torchvision's ImageNet weights were trained with, for values of 0..255. */
export const imagenet: Manifest['normalisation'] = {
  mean: [123.675, 116.28, 103.53],
  std: [58.395, 57.12, 57.375],
};
/** The normalisation of EfficientNet-Lite's published weights. */
export const efficientNetLite: Manifest['normalisation'] = { mean: [127, 127, 127], std: [128, 128, 128] };
