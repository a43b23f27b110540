import type { Box, RgbImage } from './image.js';

/** The three ways of wearing (or not wearing) a mask, in the order of the model's outputs. */
export const wornStates = ['mask', 'no_mask', 'incorrect'] as const;

/** What is on a face. */
export type WornState = (typeof wornStates)[number];

/** A worn state, or `unknown` where the evidence does not suffice. */
export type MaskLabel = WornState | 'unknown';

/** What the classifier says of one face. */
export interface Classification {
  readonly label: MaskLabel;
  /** One probability for each worn state; they sum to 1. */
  readonly probabilities: Readonly<Record<WornState, number>>;
  /** 0..1: the probability that the crop is no face at all; 0 for a model without that output. */
  readonly reject: number;
}

/** A face to classify. */
export interface FaceCrop {
  readonly image: RgbImage;
  /** In pixels of the picture; absent where the picture itself is a face crop. */
  readonly box?: Box;
}

/** Tells what is worn on faces. */
export interface MaskClassifier {
  /** Name of the weights folder, for example `cnn-2conv`. */
  readonly name: string;
  /** Classifies all faces in one batch, whatever pictures they come from; answers in the order given. */
  classify(crops: readonly FaceCrop[]): Promise<Classification[]>;
  /** Frees the weights; idempotent. */
  close(): void;
}
