import { hashWords, popCount } from './perceptual-hash.js';

/** Two pictures that look alike, by their places in the list given. */
export interface NearDuplicate {
  readonly first: number;
  readonly second: number;
  /** Bits in which the hashes differ, 0..256. */
  readonly distance: number;
}

/**
 * All pairs of hashes at most `limit` bits apart. Compares every pair, leaving a pair at its first words where
 * possible: 13,000 pictures take about two seconds.
 * @param hashes one hash a picture, or null for a picture that takes no part
 */
export function findNearDuplicates(hashes: readonly (Uint32Array | null)[], limit: number): NearDuplicate[] {
  const known = hashes.flatMap((hash, at) => (hash ? [at] : []));
  const flat = new Uint32Array(known.length * hashWords);
  known.forEach((at, i) => flat.set(hashes[at] ?? [], i * hashWords));
  const pairs: NearDuplicate[] = [];
  for (let i = 0; i < known.length; i++) {
    for (let j = i + 1; j < known.length; j++) {
      const distance = distanceWithin(flat, i * hashWords, j * hashWords, limit);
      if (distance <= limit) pairs.push({ first: known[i] ?? 0, second: known[j] ?? 0, distance });
    }
  }
  return pairs;
}

function distanceWithin(flat: Uint32Array, a: number, b: number, limit: number): number {
  let bits = 0;
  for (let word = 0; word < hashWords && bits <= limit; word++) {
    bits += popCount((flat[a + word] ?? 0) ^ (flat[b + word] ?? 0));
  }
  return bits;
}
