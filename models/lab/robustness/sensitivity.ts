import { mean } from '../evaluate/confusion.js';
import type { LayerAccuracies, PerturbationResult } from './perturb-layers.js';

/** How much a network depends on one layer. */
export interface LayerSensitivity {
  readonly layer: string;
  /** Mean loss of accuracy over all scalars, in parts of 1; negative where disturbing it helped. */
  readonly multiply: number;
  readonly add: number;
  /** Mean of the two. */
  readonly both: number;
}

/** Ranks the layers by what disturbing them costs, the most sensitive first; equal ones stay in the network's order. */
export function rankLayers({ layers, baseline }: PerturbationResult): LayerSensitivity[] {
  const lost = (values: readonly number[]): number => baseline - (mean(values) ?? baseline);
  const rank = ({ layer, multiply, add }: LayerAccuracies): LayerSensitivity => {
    const [byFactor, byShift] = [lost(multiply), lost(add)];
    return { layer, multiply: byFactor, add: byShift, both: (byFactor + byShift) / 2 };
  };
  return layers.map(rank).sort((a, b) => b.both - a.both);
}
