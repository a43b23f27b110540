import { cutRegion, faceRegion } from '../../crop.js';
import type { RgbImage } from '../../image.js';
import { augment } from '../augment/augment.js';
import type { Augmentation } from '../augment/settings.js';
import { patchMargin } from '../data/patch-store.js';
import { createRandom, mixSeed } from '../random.js';
import type { Random } from '../random.js';

/** The faces of one output, drawn with replacement by weight. */
export interface Pool {
  readonly output: number;
  /** Chance that a place in the batch is drawn from this pool; the pools' shares sum to 1. */
  readonly share: number;
  /** Numbers of patches in the store. */
  readonly patches: readonly number[];
  /** Running sum of the patches' weights. */
  readonly cumulative: readonly number[];
}

/**
 * All that decides what the batches hold. A batch follows from the plan and its step alone, whichever thread makes it
 * and whenever, so that a resumed run sees what an uninterrupted one would have seen.
 */
export interface BatchPlan {
  readonly store: string;
  readonly seed: number;
  readonly batch: number;
  readonly size: number;
  readonly augmentation: Augmentation;
  readonly pools: readonly Pool[];
}

/** Pictures and what they show. */
export interface Batch {
  readonly step: number;
  /** rgb24, `batch * size * size * 3` bytes. */
  readonly pixels: Uint8Array;
  readonly outputs: Int32Array;
}

/** Makes the batch of one step. @param read gives a patch of the store */
export function makeBatch(plan: BatchPlan, read: (at: number) => RgbImage, step: number): Batch {
  const bytes = plan.size * plan.size * 3;
  const pixels = new Uint8Array(plan.batch * bytes);
  const outputs = new Int32Array(plan.batch);
  const random = createRandom(mixSeed(plan.seed, step));
  for (let i = 0; i < plan.batch; i++) {
    const pool = drawPool(plan.pools, random);
    outputs[i] = pool.output;
    augment(read(drawPatch(pool, random)), plan.augmentation, plan.size, random, pixels, i * bytes);
  }
  return { step, pixels, outputs };
}

/** The crop that serving makes of a stored patch, written to `target`. */
export function cutCrop(
  patch: RgbImage,
  margin: number,
  size: number,
  target: Uint8Array,
  offset: number,
): void {
  const side = patch.width / patchMargin;
  const box = { x: (patch.width - side) / 2, y: (patch.width - side) / 2, width: side, height: side };
  cutRegion(patch, faceRegion(box, margin), size, target, offset);
}

function drawPool(pools: readonly Pool[], random: Random): Pool {
  let left = random.uniform();
  for (const pool of pools) {
    left -= pool.share;
    if (left < 0) return pool;
  }
  const last = pools.at(-1);
  if (!last) throw new RangeError('a batch plan needs at least one pool');
  return last;
}

function drawPatch({ patches, cumulative }: Pool, random: Random): number {
  const target = random.uniform() * (cumulative.at(-1) ?? 0);
  let [low, high] = [0, cumulative.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return patches[low] ?? 0;
}
