import type { PatchEntry } from '../data/patch-store.js';
import { outputOf } from '../lab-class.js';
import type { Pool } from './batch-plan.js';

/** How faces are drawn for training. */
export interface Sampling {
  /** Share of each output in a batch; scaled to sum to 1 over the outputs that have faces. */
  readonly shares: readonly number[];
  /** Weight of a source's faces within their class, 1 where absent. */
  readonly sourceWeights: Readonly<Record<string, number>>;
  /** Factor on faces whose box no detector gave, 0..1. */
  readonly undetectedWeight: number;
}

/**
 * Sorts the faces of the training part into one pool an output.
 * @param chosen numbers of the entries that may be drawn
 */
export function makePools(
  entries: readonly PatchEntry[],
  chosen: readonly number[],
  outputs: number,
  sampling: Sampling,
): Pool[] {
  const pools = Array.from({ length: outputs }, (_, output) => {
    const patches: number[] = [];
    const cumulative: number[] = [];
    let sum = 0;
    for (const at of chosen) {
      const entry = entries[at];
      if (!entry || outputOf(entry.label, outputs) !== output) continue;
      const weight =
        (sampling.sourceWeights[entry.source] ?? 1) * (entry.detected ? 1 : sampling.undetectedWeight);
      if (weight <= 0) continue;
      patches.push(at);
      cumulative.push((sum += weight));
    }
    return { output, share: sampling.shares[output] ?? 0, patches, cumulative };
  }).filter((pool) => pool.patches.length > 0 && pool.share > 0);
  const total = pools.reduce((sum, pool) => sum + pool.share, 0);
  return pools.map((pool) => ({ ...pool, share: pool.share / total }));
}
