import { patchesOf } from './cache-faces.js';
import type { FaceSource } from './face-source.js';
import { PatchStore } from './patch-store.js';

/** What the cache of decoded faces is worth against reading the files each epoch. */
export interface CacheSpeed {
  /** Faces that were read both ways. */
  readonly faces: number;
  /** Opening the store, in milliseconds. */
  readonly openMs: number;
  /** Faces a second out of the store, and out of the files: read, decoded and cut one after the other. */
  readonly cachePerSecond: number;
  readonly filesPerSecond: number;
}

/**
 * Reads some faces out of the store and out of their files, and takes the time.
 *
 * @param folder of a patch store
 * @param faces what it was made of, in its order
 * @param most how many to read; they are spread evenly over the store
 * @param now clock in milliseconds
 */
export async function measureCache(
  folder: string,
  faces: readonly FaceSource[],
  most: number,
  now: () => number,
): Promise<CacheSpeed> {
  const count = Math.min(most, faces.length);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * faces.length) / count));
  const began = now();
  const store = PatchStore.open(folder);
  try {
    const opened = now();
    for (const at of chosen) store.read(at);
    const read = now();
    for (const at of chosen) await patchesOf(faces.slice(at, at + 1));
    const decoded = now();
    const perSecond = (ms: number): number => (1000 * count) / Math.max(ms, 1e-3);
    return {
      faces: count,
      openMs: opened - began,
      cachePerSecond: perSecond(read - opened),
      filesPerSecond: perSecond(decoded - read),
    };
  } finally {
    store.close();
  }
}

/** The measurement as a line for a terminal. */
export function cacheText({ faces, openMs, cachePerSecond, filesPerSecond }: CacheSpeed): string {
  const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
  return (
    `Cache: opened in ${openMs.toFixed(0)} ms; ${whole(cachePerSecond)} faces a second, against ${whole(filesPerSecond)} out of the ` +
    `files: ${(cachePerSecond / filesPerSecond).toFixed(0)} times as fast (${faces} faces read both ways).`
  );
}
