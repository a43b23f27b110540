/** A ranked answer and whether it is right. */
export interface Hit {
  readonly score: number;
  readonly right: boolean;
}

/** Right and wrong answers among all that score at least this much. */
export interface CurvePoint {
  readonly score: number;
  readonly right: number;
  readonly wrong: number;
}

/** One point for each distinct score, best first; equal scores enter together. */
export function rankCurve(hits: readonly Hit[]): CurvePoint[] {
  const sorted = [...hits].sort((a, b) => b.score - a.score);
  const points: CurvePoint[] = [];
  let [right, wrong] = [0, 0];
  sorted.forEach((hit, i) => {
    if (hit.right) right++;
    else wrong++;
    if (sorted[i + 1]?.score !== hit.score) points.push({ score: hit.score, right, wrong });
  });
  return points;
}

/**
 * Area under the precision-recall curve, interpolated at all points: precision is the best at this recall or beyond.
 * @param positives how many there are to find; null comes back for 0
 */
export function averagePrecision(hits: readonly Hit[], positives: number): number | null {
  if (positives === 0) return null;
  let area = 0;
  let best = 0;
  let last = 0;
  for (const { right, wrong } of rankCurve(hits).reverse()) {
    area += (Math.max(last - right, 0) / positives) * best;
    best = Math.max(best, right / (right + wrong));
    last = right;
  }
  return area + (last / positives) * best;
}

/** The highest recall with at most `wrong` false positives, and the score that gives it. */
export function recallWithin(
  points: readonly CurvePoint[],
  wrong: number,
  positives: number,
): { readonly recall: number; readonly score: number | null } {
  let best: CurvePoint | null = null;
  for (const point of points) {
    if (point.wrong <= wrong && (best === null || point.right > best.right)) best = point;
  }
  return best ? { recall: best.right / positives, score: best.score } : { recall: 0, score: null };
}
