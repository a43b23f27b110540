import { overlap } from '../../detect/overlap.js';
import type { Box } from '../../image.js';

/** A prediction with the labelled box it claimed, or null where it is a false positive. */
export interface Match<F, T> {
  readonly face: F;
  readonly truth: T | null;
}

/**
 * Gives predictions to labelled boxes: in falling rank, each takes the free box it overlaps most, if by at least `least`.
 * @returns one match a prediction, in falling rank
 */
export function matchBoxes<F extends { readonly box: Box }, T extends { readonly box: Box }>(
  truths: readonly T[],
  faces: readonly F[],
  least: number,
  rank: (face: F) => number,
): Match<F, T>[] {
  const free = [...truths];
  return [...faces]
    .sort((a, b) => rank(b) - rank(a))
    .map((face) => {
      let best = -1;
      let most = -1;
      free.forEach((truth, i) => {
        const shared = overlap(truth.box, face.box);
        if (shared > most) [best, most] = [i, shared];
      });
      if (best < 0 || most < least) return { face, truth: null };
      const [truth] = free.splice(best, 1);
      return { face, truth: truth ?? null };
    });
}
