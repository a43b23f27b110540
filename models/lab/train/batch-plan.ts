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
 * What the places of the batches are taken from: drawn from pools again and again, or several views of each of a list of
 * patches, once, one after another.
 */
export type Draw =
  | { readonly kind: 'pools'; readonly pools: readonly Pool[] }
  | { readonly kind: 'views'; readonly patches: readonly number[]; readonly views: number };

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
  readonly draw: Draw;
}

/** Pictures and what they show. */
export interface Batch {
  readonly step: number;
  /** rgb24, `batch * size * size * 3` bytes. */
  readonly pixels: Uint8Array;
  /** What is right for each picture; 0 for views. */
  readonly outputs: Int32Array;
}

/** Makes the batch of one step. The last batch of views may be shorter. @param read gives a patch of the store */
export function makeBatch(plan: BatchPlan, read: (at: number) => RgbImage, step: number): Batch {
  const { draw, batch, size, augmentation, seed } = plan;
  const bytes = size * size * 3;
  const count =
    draw.kind === 'pools'
      ? batch
      : Math.max(0, Math.min(batch, draw.patches.length * draw.views - step * batch));
  const pixels = new Uint8Array(count * bytes);
  const outputs = new Int32Array(count);
  const drawn = createRandom(mixSeed(seed, step));
  for (let i = 0; i < count; i++) {
    if (draw.kind === 'pools') {
      const { output, patch } = drawFace(draw.pools, drawn);
      outputs[i] = output;
      augment(read(patch), augmentation, size, drawn, pixels, i * bytes);
      continue;
    }
    const view = step * batch + i;
    const patch = draw.patches[Math.floor(view / draw.views)] ?? 0;
    // By patch and view, so that they do not depend on what else is in the list.
    const random = createRandom(mixSeed(seed, patch, view % draw.views));
    augment(read(patch), augmentation, size, random, pixels, i * bytes);
  }
  return { step, pixels, outputs };
}

/** Draws a pool by its share, and one of its faces by weight. */
export function drawFace(
  pools: readonly Pool[],
  random: Random,
): { readonly output: number; readonly patch: number } {
  const pool = drawPool(pools, random);
  return { output: pool.output, patch: drawPatch(pool, random) };
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
