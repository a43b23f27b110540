// Made from models/mask-classifier.ts by "npm run interfaces"; change it there.

/** The three ways of wearing (or not wearing) a mask, in the order of the model's outputs. */
export const wornStates = ['mask', 'no_mask', 'incorrect'] as const;

/** What is on a face. */
export type WornState = (typeof wornStates)[number];

/** A worn state, or `unknown` where the evidence does not suffice. */
export type MaskLabel = WornState | 'unknown';
