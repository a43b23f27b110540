import type { Detection } from '../detector.js';
import { overlap } from './overlap.js';

/**
 * Keeps the best of detections that show the same face: in order of score, each that overlaps no kept one by more than
 * the limit.
 *
 * @param detections in any order
 * @param maxOverlap intersection over union, 0..1
 * @param maxResults how many to keep at most
 * @returns best score first; of equal scores, the one that came first
 */
export function nonMaxSuppression(
  detections: readonly Detection[],
  maxOverlap: number,
  maxResults = Infinity,
): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of detections.toSorted((a, b) => b.score - a.score)) {
    if (kept.length >= maxResults) break;
    if (kept.every(({ box }) => overlap(box, candidate.box) <= maxOverlap)) kept.push(candidate);
  }
  return kept;
}
